package io.thorax.synthetic;

import java.util.Random;

/**
 * How the patient stands before the detector: turned, shifted, near or far, broad or narrow. Chests
 * posed alike would all count as copies of one picture.
 */
final class Pose {
  private final double cos;
  private final double sin;
  private final double scaleX;
  private final double scaleY;
  private final double shiftX;
  private final double shiftY;

  record Place(double x, double y) {}

  Pose(Random random) {
    double angle = Math.toRadians(14 * (random.nextDouble() - 0.5));
    double scale = 0.88 + 0.30 * random.nextDouble();
    double build = 0.90 + 0.20 * random.nextDouble();
    this.cos = Math.cos(angle);
    this.sin = Math.sin(angle);
    this.scaleX = scale * build;
    this.scaleY = scale / build;
    this.shiftX = 0.12 * (random.nextDouble() - 0.5);
    this.shiftY = 0.12 * (random.nextDouble() - 0.5);
  }

  /** From the image's plane to the body's; both are x = -1..1, y = 0..1. */
  Place toBody(double x, double y) {
    double u = x / 2 - shiftX;
    double v = y - 0.5 - shiftY;
    return new Place(2 * (cos * u + sin * v) / scaleX, 0.5 + (-sin * u + cos * v) / scaleY);
  }

  Place toImage(double x, double y) {
    double u = x / 2 * scaleX;
    double v = (y - 0.5) * scaleY;
    return new Place(2 * (cos * u - sin * v + shiftX), 0.5 + sin * u + cos * v + shiftY);
  }
}
