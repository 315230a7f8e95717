package io.thorax.imaging;

/**
 * Whether each image is brought to mean 0 and standard deviation 1, over all its rows, columns and
 * channels together, as Keras's samplewise_center and samplewise_std_normalization do. Without
 * either the samples stay what they are, 0 to 255.
 */
public record Standardisation(boolean centre, boolean scale) {
  /**
   * Added to the standard deviation before it divides, as Keras does: a black image stays black.
   */
  static final double EPSILON = 1e-6;

  public static final Standardisation SAMPLEWISE = new Standardisation(true, true);
}
