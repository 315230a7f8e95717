package io.thorax.training;

/**
 * Categorical cross-entropy of probabilities as Keras computes it: rows scaled to add up to 1,
 * clipped to [1e-7, 1 - 1e-7] in 32-bit arithmetic, minus the natural logarithm of the true class's
 * probability; the mean over images, unweighted. (Where Keras can reach the logits it does not
 * clip, which differs only for probabilities below 1e-7.)
 */
final class CrossEntropy {
  static final float EPSILON = 1e-7f;

  private CrossEntropy() {}

  /** Of all images; 0 for none. */
  static double mean(Predictions predictions) {
    double sum = 0;
    for (int i = 0; i < predictions.size(); i++) {
      sum += of(predictions, i);
    }
    return ThresholdMetrics.share(sum, predictions.size());
  }

  private static double of(Predictions predictions, int image) {
    float rowSum = 0;
    for (int j = 0; j < predictions.classes(); j++) {
      rowSum += predictions.probability(image, j);
    }
    float probability = predictions.probability(image, predictions.label(image)) / rowSum;
    return -Math.log(Math.min(1 - EPSILON, Math.max(EPSILON, probability)));
  }
}
