package io.thorax.training;

/**
 * SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA
 * 2014), keyed by any number of longs. A sequence follows from its key alone, on every machine and
 * Java release, which {@link java.util.SplittableRandom} does not promise: a training that goes on
 * elsewhere has to draw what the unbroken one would have drawn.
 */
final class SeededRandom {
  private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;

  private long state;

  private SeededRandom(long state) {
    this.state = state;
  }

  /** A sequence of its own for each key; the order of the parts matters. */
  static SeededRandom of(long... key) {
    long state = 0;
    for (long part : key) {
      state = mix(state + GOLDEN_GAMMA + mix(part + GOLDEN_GAMMA));
    }
    return new SeededRandom(state);
  }

  long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform in [0, bound), without bias: draws past the last whole multiple are thrown away. */
  int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound must be positive, not " + bound);
    }
    long draw = nextLong() >>> 1;
    long remainder = draw % bound;
    while (draw - remainder + (bound - 1) < 0) {
      draw = nextLong() >>> 1;
      remainder = draw % bound;
    }
    return (int) remainder;
  }

  /** Uniform in [0, 1). */
  double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return mixed ^ (mixed >>> 31);
  }
}
