package io.thorax.synthetic;

import io.thorax.synthetic.SyntheticRadiograph.Box;

/**
 * A soft ellipse of density.
 *
 * @param radiusX half width, of -1..1
 * @param radiusY half height, of 0..1
 * @param density added in the middle
 * @param patchiness how much of it the texture takes away, 0 to 1
 */
record Opacity(
    double x, double y, double radiusX, double radiusY, double density, double patchiness) {
  /** Square of the distance, in radii, beyond which nothing is left. */
  private static final double FADED = 3;

  /** Radii that the box extends to: there a fourth of the density is left. */
  private static final double REACH = 1.2;

  double at(double atX, double atY, ValueNoise texture) {
    double dx = (atX - x) / radiusX;
    double dy = (atY - y) / radiusY;
    double distance = dx * dx + dy * dy;
    if (distance >= FADED) {
      return 0;
    }
    double patches = 1 - patchiness * texture.at(atX * 9, atY * 18);
    return density * Math.exp(-distance * distance * 0.6) * patches;
  }

  /** Around what the pose makes of the ellipse's own box. */
  Box box(Pose pose, int side) {
    double left = 1;
    double right = -1;
    double top = 1;
    double bottom = 0;
    for (int corner = 0; corner < 4; corner++) {
      double cornerX = x + (corner % 2 == 0 ? -REACH : REACH) * radiusX;
      double cornerY = y + (corner / 2 == 0 ? -REACH : REACH) * radiusY;
      Pose.Place place = pose.toImage(cornerX, cornerY);
      left = Math.min(left, place.x());
      right = Math.max(right, place.x());
      top = Math.min(top, place.y());
      bottom = Math.max(bottom, place.y());
    }
    int column = pixel((left + 1) / 2, side);
    int row = pixel(top, side);
    return new Box(column, row, pixel((right + 1) / 2, side) - column, pixel(bottom, side) - row);
  }

  private static int pixel(double share, int side) {
    return (int) Math.max(0, Math.min(side, Math.round(share * side)));
  }
}
