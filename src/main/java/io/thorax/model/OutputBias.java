package io.thorax.model;

/** The output layer's first bias: it makes an untrained network predict the class frequencies. */
public final class OutputBias {
  private OutputBias() {}

  /**
   * The log odds of each class against all the others, as the reference has it for two classes and
   * for more.
   *
   * @param classCounts training images of each class, each at least 1, of at least two classes
   * @return {@code ln(count / (total - count))} of each class
   */
  public static double[] logOdds(long... classCounts) {
    if (classCounts.length < 2) {
      throw new IllegalArgumentException("log odds of " + classCounts.length + " classes");
    }
    long total = 0;
    for (long count : classCounts) {
      if (count < 1) {
        throw new IllegalArgumentException("a class without a training image");
      }
      total = Math.addExact(total, count);
    }
    double[] bias = new double[classCounts.length];
    for (int i = 0; i < bias.length; i++) {
      bias[i] = Math.log((double) classCounts[i] / (total - classCounts[i]));
    }
    return bias;
  }
}
