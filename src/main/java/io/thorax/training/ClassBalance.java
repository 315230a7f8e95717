package io.thorax.training;

import io.thorax.model.OutputBias;
import java.util.Arrays;
import java.util.List;

/**
 * How many images each class has, and what follows from it for a training.
 *
 * @param counts by class index; every class has at least one image
 */
record ClassBalance(List<Integer> counts) {
  private static final long OVERSAMPLING_STREAM = 0x6F76_6572L;

  ClassBalance {
    counts = List.copyOf(counts);
    if (counts.size() < 2) {
      throw new IllegalArgumentException("a classifier has at least two classes");
    }
    if (counts.contains(0)) {
      throw new IllegalArgumentException(
          "class " + counts.indexOf(0) + " has no image in the training split");
    }
  }

  /**
   * @param labels class indices in [0, classes)
   */
  static ClassBalance of(int[] labels, int classes) {
    Integer[] counts = new Integer[classes];
    Arrays.fill(counts, 0);
    for (int label : labels) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException("label " + label + " of " + classes + " classes");
      }
      counts[label]++;
    }
    return new ClassBalance(List.of(counts));
  }

  int total() {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * The weight of an image of each class in the loss: {@code total / (classes * count) *
   * multiplier}.
   *
   * @param multipliers one a class
   */
  double[] weights(List<Double> multipliers) {
    if (multipliers.size() != counts.size()) {
      throw new IllegalArgumentException(
          multipliers.size() + " class multipliers for " + counts.size() + " classes");
    }
    double[] weights = new double[counts.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = total() / ((double) counts.size() * counts.get(i)) * multipliers.get(i);
    }
    return weights;
  }

  /**
   * The output layer's first bias: of the frequencies before any oversampling, as the reference.
   */
  double[] outputBias() {
    return OutputBias.logOdds(counts.stream().mapToLong(Integer::longValue).toArray());
  }

  /**
   * Indices of the images with every class brought up to the largest one's size: all images in
   * their order, then, class by class, draws with replacement from the class (as imbalanced-learn's
   * RandomOverSampler does; its random numbers are not reproduced).
   */
  int[] oversample(int[] labels, long seed) {
    int largest = counts.stream().mapToInt(Integer::intValue).max().orElseThrow();
    int[] indices = new int[largest * counts.size()];
    int filled = 0;
    while (filled < labels.length) {
      indices[filled] = filled++;
    }
    SeededRandom random = SeededRandom.of(seed, OVERSAMPLING_STREAM);
    for (int i = 0; i < counts.size(); i++) {
      int[] members = membersOf(i, labels);
      for (int missing = largest - members.length; missing > 0; missing--) {
        indices[filled++] = members[random.nextInt(members.length)];
      }
    }
    return indices;
  }

  private static int[] membersOf(int classIndex, int[] labels) {
    int[] members = new int[labels.length];
    int found = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == classIndex) {
        members[found++] = i;
      }
    }
    return Arrays.copyOf(members, found);
  }
}
