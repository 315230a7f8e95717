package io.thorax.inference;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a batch of any size into runs of the sizes that are warm. A rest is filled up with blanks
 * when that wastes at most a quarter of a run, which costs less than several small runs.
 */
final class BatchPlan {
  private final int[] sizes;

  /**
   * @param sizes that may be run, in any order
   */
  BatchPlan(List<Integer> sizes) {
    this.sizes = sizes.stream().distinct().sorted().mapToInt(Integer::intValue).toArray();
    if (this.sizes.length == 0 || this.sizes[0] < 1) {
      throw new IllegalArgumentException("batch sizes must be positive: " + sizes);
    }
  }

  /** A run of the network: {@code images} real ones in a batch of {@code size}. */
  record Run(int size, int images) {}

  /** The runs for that many images, in order. */
  List<Run> runs(int images) {
    List<Run> runs = new ArrayList<>();
    int left = images;
    while (left > 0) {
      int size = next(left);
      runs.add(new Run(size, Math.min(size, left)));
      left -= size;
    }
    return runs;
  }

  private int next(int left) {
    int largestWithin = sizes[0];
    for (int size : sizes) {
      if (size <= left) {
        largestWithin = size;
      } else {
        return largestWithin < left && size - left <= size / 4 ? size : largestWithin;
      }
    }
    return largestWithin;
  }
}
