package io.thorax.synthetic;

/** Smooth random texture from a lattice of random values, 0 to 1. */
final class ValueNoise {
  private final long seed;

  ValueNoise(long seed) {
    this.seed = seed;
  }

  double at(double x, double y) {
    int column = (int) Math.floor(x);
    int row = (int) Math.floor(y);
    double u = ease(x - column);
    double v = ease(y - row);
    double above = mix(lattice(column, row), lattice(column + 1, row), u);
    double below = mix(lattice(column, row + 1), lattice(column + 1, row + 1), u);
    return mix(above, below, v);
  }

  private double lattice(int column, int row) {
    long mixed = seed ^ (column * 0x9E3779B97F4A7C15L) ^ (row * 0xC2B2AE3D27D4EB4FL);
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return ((mixed ^ (mixed >>> 31)) >>> 11) * 0x1.0p-53;
  }

  private static double mix(double first, double second, double share) {
    return first + (second - first) * share;
  }

  private static double ease(double t) {
    return t * t * (3 - 2 * t);
  }
}
