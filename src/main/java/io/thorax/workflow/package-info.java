/**
 * The use cases, one class each. A use case returns an {@link io.thorax.study.Outcome} and
 * publishes nothing: whoever called it does.
 */
package io.thorax.workflow;
