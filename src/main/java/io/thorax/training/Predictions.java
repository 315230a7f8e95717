package io.thorax.training;

import java.util.Arrays;

/**
 * What a network said of labelled images, gathered batch by batch. Not thread-safe.
 *
 * <p>The probabilities are {@code [images, classes]} flattened row by row.
 */
final class Predictions {
  private final int classes;
  private float[] probabilities;
  private int[] labels;
  private int size;

  Predictions(int classes, int expectedSize) {
    if (classes < 2) {
      throw new IllegalArgumentException("a classifier has at least two classes");
    }
    this.classes = classes;
    this.probabilities = new float[Math.max(1, expectedSize) * classes];
    this.labels = new int[Math.max(1, expectedSize)];
  }

  void add(float[] row, int label) {
    if (row.length != classes || label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          row.length + " probabilities, label " + label + " for " + classes + " classes");
    }
    if (size == labels.length) {
      labels = Arrays.copyOf(labels, 2 * size);
      probabilities = Arrays.copyOf(probabilities, 2 * size * classes);
    }
    System.arraycopy(row, 0, probabilities, size * classes, classes);
    labels[size++] = label;
  }

  void addAll(float[][] rows, Batch batch) {
    for (int i = 0; i < rows.length; i++) {
      add(rows[i], batch.label(i));
    }
  }

  float[] row(int image) {
    return Arrays.copyOfRange(probabilities, image * classes, (image + 1) * classes);
  }

  int size() {
    return size;
  }

  int classes() {
    return classes;
  }

  int label(int image) {
    return labels[image];
  }

  float probability(int image, int classIndex) {
    return probabilities[image * classes + classIndex];
  }

  /** The most probable class; the first of several. */
  int predicted(int image) {
    int best = 0;
    for (int i = 1; i < classes; i++) {
      if (probability(image, i) > probability(image, best)) {
        best = i;
      }
    }
    return best;
  }
}
