package io.thorax.model;

/**
 * What one training step saw, before it changed the weights.
 *
 * @param loss weighted cross-entropy plus regularisation: what the step descends
 * @param regularisation the activity regulariser's share of it
 * @param probabilities of the batch's images, [B][classes], with dropout; the caller owns them
 */
public record StepResult(double loss, double regularisation, float[][] probabilities) {}
