/**
 * Training: one network fitted to one data set. The loop with its early stopping and checkpoints,
 * the balance of the classes, the metrics, and the plan that says all of it.
 */
package io.thorax.training;
