package io.thorax.training;

/**
 * One class against the rest at a threshold: an image counts as the class if its probability is
 * strictly above the threshold, compared as 32-bit floats (as Keras' Precision and Recall with
 * {@code class_id}). A share of nothing is 0, as Keras and scikit-learn have it.
 *
 * @param precision true positives of all called positive
 * @param recall true positives of all that are positive (sensitivity)
 * @param f1 harmonic mean of precision and recall
 * @param specificity true negatives of all that are negative
 */
public record ThresholdMetrics(
    double threshold, double precision, double recall, double f1, double specificity) {

  static ThresholdMetrics of(Predictions predictions, int classIndex, double threshold) {
    int truePositives = 0;
    int falsePositives = 0;
    int positives = 0;
    for (int i = 0; i < predictions.size(); i++) {
      boolean positive = predictions.label(i) == classIndex;
      boolean called = predictions.probability(i, classIndex) > (float) threshold;
      positives += positive ? 1 : 0;
      truePositives += positive && called ? 1 : 0;
      falsePositives += !positive && called ? 1 : 0;
    }
    int negatives = predictions.size() - positives;
    double precision = share(truePositives, truePositives + falsePositives);
    double recall = share(truePositives, positives);
    double f1 = share(2.0 * truePositives, truePositives + falsePositives + positives);
    return new ThresholdMetrics(
        threshold, precision, recall, f1, share(negatives - falsePositives, negatives));
  }

  static double share(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
