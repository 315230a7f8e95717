package io.thorax.model;

/**
 * Where a network looked (Selvaraju and others, arXiv 1610.02391, as the reference computes it): of
 * the last convolution's output, ReLU of the mean over the channels of weight times activation,
 * divided by its maximum; a channel's weight is the mean of the gradient of the class's
 * probability.
 *
 * @param probabilities [B][classes]
 * @param rows of a map
 * @param columns of a map
 * @param maps [B][rows * columns], row by row, from 0 to 1; all 0 where nothing speaks for the
 *     class
 */
public record GradCam(float[][] probabilities, int rows, int columns, float[][] maps) {}
