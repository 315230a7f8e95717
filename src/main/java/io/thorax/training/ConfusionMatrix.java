package io.thorax.training;

import java.util.Arrays;
import java.util.List;

/**
 * How often an image of class i (row) had class j (column) as its most probable one.
 *
 * @param counts square
 */
public record ConfusionMatrix(List<List<Integer>> counts) {
  public ConfusionMatrix {
    counts = counts.stream().map(List::copyOf).toList();
    for (List<Integer> row : counts) {
      if (row.size() != counts.size()) {
        throw new IllegalArgumentException("a confusion matrix is square");
      }
    }
  }

  static ConfusionMatrix of(Predictions predictions) {
    Integer[][] counts = new Integer[predictions.classes()][predictions.classes()];
    for (Integer[] row : counts) {
      Arrays.fill(row, 0);
    }
    for (int i = 0; i < predictions.size(); i++) {
      counts[predictions.label(i)][predictions.predicted(i)]++;
    }
    return new ConfusionMatrix(Arrays.stream(counts).map(List::of).toList());
  }

  /**
   * The share of images whose most probable class is the true one (Keras' categorical accuracy).
   */
  public double accuracy() {
    int right = 0;
    int total = 0;
    for (int i = 0; i < counts.size(); i++) {
      right += counts.get(i).get(i);
      total += counts.get(i).stream().mapToInt(Integer::intValue).sum();
    }
    return ThresholdMetrics.share(right, total);
  }
}
