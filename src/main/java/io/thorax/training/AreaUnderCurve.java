package io.thorax.training;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Two areas under the ROC curve: the one that Keras approximates, and the exact one. */
final class AreaUnderCurve {
  /** As in {@code tf_keras.metrics.AUC()}. */
  static final int KERAS_THRESHOLDS = 200;

  private AreaUnderCurve() {}

  /**
   * Equal to {@code tf_keras.metrics.AUC()} over all outputs flattened: each probability is one
   * decision, right for the true class. 200 thresholds evenly from 0 to 1 (the outermost 1e-7
   * beyond), trapezoids between them ("interpolation"), 32-bit arithmetic up to the last sum. 0 if
   * nothing was predicted.
   */
  static double keras(Predictions predictions) {
    float[] truePositives = new float[KERAS_THRESHOLDS];
    float[] falsePositives = new float[KERAS_THRESHOLDS];
    for (int i = 0; i < predictions.size(); i++) {
      for (int j = 0; j < predictions.classes(); j++) {
        float[] counts = predictions.label(i) == j ? truePositives : falsePositives;
        counts[bucketOf(predictions.probability(i, j))]++;
      }
    }
    accumulateFromTheTop(truePositives);
    accumulateFromTheTop(falsePositives);
    double area = 0;
    for (int i = 0; i + 1 < KERAS_THRESHOLDS; i++) {
      float height = (rate(truePositives, i) + rate(truePositives, i + 1)) / 2;
      area += (rate(falsePositives, i) - rate(falsePositives, i + 1)) * height;
    }
    return area;
  }

  /** The highest threshold that the probability is strictly above. */
  private static int bucketOf(float probability) {
    float clipped = Math.min(1, Math.max(0, probability));
    return Math.max(0, (int) Math.ceil(clipped * (KERAS_THRESHOLDS - 1)) - 1);
  }

  private static void accumulateFromTheTop(float[] counts) {
    for (int i = counts.length - 2; i >= 0; i--) {
      counts[i] += counts[i + 1];
    }
  }

  /** At the lowest threshold everything is called positive, so the first count is the total. */
  private static float rate(float[] counts, int threshold) {
    return counts[0] == 0 ? 0 : counts[threshold] / counts[0];
  }

  /**
   * The exact area for one class against the rest: the Mann-Whitney statistic, the probability that
   * a random image of the class scores above a random other one, ties counting half (Hanley and
   * McNeil, Radiology 143, 1982). NaN if either side has no image.
   */
  static double exact(Predictions predictions, int classIndex) {
    int[] order =
        IntStream.range(0, predictions.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> predictions.probability(i, classIndex)))
            .mapToInt(Integer::intValue)
            .toArray();
    double rankSum = 0;
    long positives = 0;
    int start = 0;
    while (start < order.length) {
      float score = predictions.probability(order[start], classIndex);
      int end = start;
      int positivesHere = 0;
      while (end < order.length
          && Float.compare(predictions.probability(order[end], classIndex), score) == 0) {
        positivesHere += predictions.label(order[end++]) == classIndex ? 1 : 0;
      }
      rankSum += positivesHere * (start + 1 + end) / 2.0;
      positives += positivesHere;
      start = end;
    }
    long negatives = predictions.size() - positives;
    return positives == 0 || negatives == 0
        ? Double.NaN
        : (rankSum - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
  }
}
