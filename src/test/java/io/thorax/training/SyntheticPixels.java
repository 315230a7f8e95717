package io.thorax.training;

import io.thorax.dataset.PixelSet;
import io.thorax.imaging.ReducedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Noise with a bright bar, whose height in the image tells the class; made anew at each reading.
 */
final class SyntheticPixels implements PixelSet {
  private static final int SIDE = 16;

  private final int[] labels;
  private final int classes;
  private final long seed;
  private final List<Integer> read = Collections.synchronizedList(new ArrayList<>());

  /**
   * @param counts images of each class; the classes alternate as long as they last
   */
  static SyntheticPixels of(long seed, int... counts) {
    List<Integer> labels = new ArrayList<>();
    int[] left = counts.clone();
    for (boolean more = true; more; ) {
      more = false;
      for (int i = 0; i < left.length; i++) {
        if (left[i]-- > 0) {
          labels.add(i);
          more = true;
        }
      }
    }
    int[] array = labels.stream().mapToInt(Integer::intValue).toArray();
    return new SyntheticPixels(array, counts.length, seed);
  }

  private SyntheticPixels(int[] labels, int classes, long seed) {
    this.labels = labels;
    this.classes = classes;
    this.seed = seed;
  }

  /** Indices in the order in which they were read. */
  List<Integer> read() {
    return List.copyOf(read);
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public String id(int index) {
    return String.format("%064x", index);
  }

  @Override
  public ReducedImage image(int index) {
    read.add(index);
    SeededRandom random = SeededRandom.of(seed, index);
    byte[] samples = new byte[SIDE * SIDE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) random.nextInt(100);
    }
    int bar = 3 + labels[index] * (SIDE - 6) / Math.max(1, classes - 1);
    for (int x = 3; x < SIDE - 3; x++) {
      samples[(bar - 1) * SIDE + x] = (byte) (140 + random.nextInt(80));
      samples[bar * SIDE + x] = (byte) (140 + random.nextInt(80));
    }
    return new ReducedImage(SIDE, SIDE, 1, samples);
  }
}
