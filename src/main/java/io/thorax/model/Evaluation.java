package io.thorax.model;

/**
 * What a network says of a batch, as inference sees it.
 *
 * @param probabilities [B][classes]; the caller owns them
 * @param regularisation the activity regulariser of this batch, which Keras adds to the mean
 *     cross-entropy of a validation loss (each batch weighs by its size)
 */
public record Evaluation(float[][] probabilities, double regularisation) {}
