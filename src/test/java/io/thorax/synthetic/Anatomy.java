package io.thorax.synthetic;

import java.util.Random;

/** A healthy chest, its proportions varied. */
final class Anatomy {
  private static final double AIR = 0.02;

  private final ValueNoise texture;
  private final double shift;
  private final double bodyWidth;
  private final double lungWidth;
  private final double lungTop;
  private final double rightDome;
  private final double leftDome;
  private final double heartSize;
  private final double ribSpacing;
  private final double ribStart;

  Anatomy(Random random, ValueNoise texture) {
    this.texture = texture;
    this.shift = 0.06 * (random.nextDouble() - 0.5);
    this.bodyWidth = 0.84 + 0.1 * random.nextDouble();
    this.lungWidth = 0.29 + 0.04 * random.nextDouble();
    this.lungTop = 0.07 + 0.04 * random.nextDouble();
    this.rightDome = 0.72 + 0.06 * random.nextDouble();
    this.leftDome = rightDome + 0.015 + 0.02 * random.nextDouble();
    this.heartSize = 0.9 + 0.25 * random.nextDouble();
    this.ribSpacing = 0.078 + 0.008 * random.nextDouble();
    this.ribStart = 0.08 + 0.03 * random.nextDouble();
  }

  /**
   * @param lung {@link #lung} there
   */
  double density(double imageX, double y, double lung) {
    double x = imageX - shift;
    double body = body(x, y);
    double tissue = 0.60 + 0.05 * texture.at(x * 3, y * 5) + 0.10 * smooth(y - 0.75, 0.2);
    double value = AIR + body * (tissue - AIR);
    if (lung > 0) {
      value += lung * vessels(x, y);
    }
    value -= lung * (0.42 - 0.06 * y + 0.05 * (texture.at(x * 4 + 31, y * 8) - 0.5));
    value += body * (spine(x, y) + clavicles(x, y) + shoulderBlades(x, y));
    value += body * ribs(x, y) * (0.35 + 0.65 * lung);
    value -= stomachBubble(x, y);
    return value;
  }

  /** How much of the ray is lung, 0 to 1; the heart and the mediastinum lie before it. */
  double lung(double imageX, double y) {
    double x = imageX - shift;
    boolean left = x > 0;
    double center = 0.40;
    double across = (Math.abs(x) - center) / (lungWidth * (0.80 + 0.35 * y));
    double along = (y - 0.50) / (0.50 - lungTop);
    if (Math.abs(across) > 1.2 || Math.abs(along) > 1.2) {
      return 0;
    }
    double shape = 1 - Math.pow(Math.abs(across), 2.3) - Math.pow(Math.abs(along), 2.6);
    double inside = smooth(shape + 0.02, 0.14);
    double dome = left ? leftDome : rightDome;
    double fall = (Math.abs(x) - 0.36) / 0.36;
    inside *= smooth(dome + 0.11 * fall * fall - y, 0.012);
    inside *= smooth(Math.abs(x) - 0.125 - 0.03 * smooth(y - 0.3, 0.1), 0.035);
    return inside * (1 - heart(x, y));
  }

  private double heart(double x, double y) {
    double dx = (x - 0.12) / (0.30 * heartSize);
    double dy = (y - 0.62) / (0.155 * heartSize);
    double turned = dx * dx + dy * dy + 0.7 * dx * dy * -1;
    double knob = square((x - 0.14) / 0.085) + square((y - 0.31) / 0.055);
    return Math.max(0.92 * smooth(1 - turned, 0.18), 0.8 * smooth(1 - knob, 0.3));
  }

  private double body(double x, double y) {
    double shoulder = smooth(y - 0.03, 0.10);
    double half = 0.30 + (bodyWidth + 0.10 * smooth(0.35 - y, 0.25) - 0.30) * shoulder;
    return smooth(half - Math.abs(x), 0.05);
  }

  private double vessels(double x, double y) {
    double toHilum = Math.hypot((Math.abs(x) - 0.19) / 0.16, (y - 0.45) / 0.12);
    double hilum = 0.13 * Math.exp(-toHilum * toHilum);
    double angle = Math.atan2(y - 0.45, Math.abs(x) - 0.15);
    double reach = Math.hypot(Math.abs(x) - 0.15, (y - 0.45) * 2);
    double strands = texture.at(angle * 7 + (x > 0 ? 50 : 0), reach * 3);
    return hilum + 0.13 * square(strands) * Math.exp(-reach * 2.6);
  }

  private double spine(double x, double y) {
    double bone = smooth(0.085 - Math.abs(x), 0.03);
    double vertebrae = 0.5 + 0.5 * Math.cos(2 * Math.PI * y * 15);
    double windpipe = 0.10 * smooth(0.035 - Math.abs(x - 0.01), 0.015) * smooth(0.36 - y, 0.06);
    return bone * (0.10 + 0.045 * vertebrae) - windpipe;
  }

  /** The hind parts fall gently to the side, the fore parts steeply to the middle. */
  private double ribs(double x, double y) {
    double reach = Math.abs(x) / 0.72;
    if (reach > 1.04 || y > 0.88) {
      return 0;
    }
    double hind = y - ribStart - 0.10 * reach * reach + 0.045 * smooth(reach - 0.02, 0.2);
    double fore = y - ribStart - 0.16 + 0.16 * reach;
    double edge = smooth(1.0 - reach, 0.05);
    return edge * (rib(hind, 0.085) + (reach > 0.35 ? 0.6 * rib(fore, 0.075) : 0));
  }

  /** Brighter at its rims, where the ray passes more of the shell. */
  private double rib(double offset, double density) {
    double phase = offset / ribSpacing;
    double distance = Math.abs(phase - Math.rint(phase)) * ribSpacing;
    if (phase < -0.5 || phase > 9.5) {
      return 0;
    }
    if (distance > 0.025) {
      return 0;
    }
    double inside = smooth(0.0155 - distance, 0.006);
    double rim = Math.exp(-square((distance - 0.0125) / 0.004));
    return density * (0.75 * inside + 0.5 * rim);
  }

  private static double clavicles(double x, double y) {
    double reach = Math.abs(x);
    double course = 0.165 - 0.10 * smooth(reach - 0.2, 0.35) * (reach - 0.05);
    double bone = smooth(0.018 - Math.abs(y - course), 0.008);
    return 0.13 * bone * smooth(reach - 0.09, 0.03) * smooth(0.72 - reach, 0.05);
  }

  private static double shoulderBlades(double x, double y) {
    double dx = (Math.abs(x) - 0.80) / 0.15;
    double dy = (y - 0.25) / 0.16;
    return 0.09 * smooth(1 - dx * dx - dy * dy, 0.3);
  }

  private double stomachBubble(double x, double y) {
    double dx = (x - 0.33) / 0.11;
    double dy = (y - leftDome - 0.06) / 0.035;
    return 0.16 * smooth(1 - dx * dx - dy * dy, 0.4);
  }

  private static double square(double value) {
    return value * value;
  }

  /** From 0 to 1 around an edge at 0. */
  static double smooth(double distance, double width) {
    double t = Math.max(0, Math.min(1, distance / width / 2 + 0.5));
    return t * t * (3 - 2 * t);
  }
}
