package io.thorax.training;

/**
 * Which images an epoch shows, in which order, turned by how much: a function of (seed, epoch)
 * alone, so that a training that goes on after a crash sees what the unbroken one would have seen.
 *
 * @param images indices of the training split; with oversampling some occur several times
 * @param rotationDegrees an image is turned by a uniform angle within plus and minus this
 */
record EpochOrder(int[] images, long seed, double rotationDegrees) {
  private static final long SHUFFLE_STREAM = 0x7368_7566L;
  private static final long ROTATION_STREAM = 0x726F_7461L;

  /** Every image once, as it lies: for validation and test. */
  static EpochOrder asTheyLie(int size) {
    int[] images = new int[size];
    for (int i = 0; i < size; i++) {
      images[i] = i;
    }
    return new EpochOrder(images, 0, 0);
  }

  int size() {
    return images.length;
  }

  /** Positions in {@link #images}, shuffled (Fisher and Yates; Durstenfeld, CACM 7, 1964). */
  int[] shuffled(int epoch) {
    int[] order = asTheyLie(images.length).images;
    SeededRandom random = SeededRandom.of(seed, SHUFFLE_STREAM, epoch);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /**
   * @param position in {@link #images}: repeats of an image turn each by its own angle
   */
  double rotation(int epoch, int position) {
    double uniform = SeededRandom.of(seed, ROTATION_STREAM, epoch, position).nextDouble();
    return (2 * uniform - 1) * rotationDegrees;
  }
}
