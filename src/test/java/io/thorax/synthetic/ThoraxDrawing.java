package io.thorax.synthetic;

import io.thorax.synthetic.SyntheticRadiograph.Box;
import io.thorax.synthetic.SyntheticRadiograph.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Adds up what a ray would pass on its way, in the plane x = -1..1 (the image's left, the patient's
 * right, to its right) and y = 0..1 (top to bottom).
 */
final class ThoraxDrawing {
  private final Finding finding;
  private final long seed;
  private final int side;
  private final Random random;
  private final ValueNoise texture;
  private final Pose pose;
  private final Anatomy anatomy;
  private final List<Opacity> opacities;

  ThoraxDrawing(Finding finding, long seed, int side) {
    this.finding = finding;
    this.seed = seed;
    this.side = side;
    this.random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    this.texture = new ValueNoise(seed);
    this.pose = new Pose(random);
    this.anatomy = new Anatomy(random, texture);
    this.opacities = opacities();
  }

  SyntheticRadiograph draw() {
    double slopeX = 0.2 * (random.nextDouble() - 0.5);
    double slopeY = 0.3 * (random.nextDouble() - 0.5);
    double exposure = 0.9 + 0.2 * random.nextDouble();
    double contrast = 0.9 + 0.2 * random.nextDouble();
    double grain = 0.012 + 0.012 * random.nextDouble();
    float[] density = new float[side * side];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        double x = 2 * (column + 0.5) / side - 1;
        double y = (row + 0.5) / side;
        double value = density(pose.toBody(x, y)) * (1 + slopeX * x + slopeY * (y - 0.5));
        double shown = 0.45 + (value * exposure - 0.45) * contrast;
        density[row * side + column] = (float) (shown + grain * random.nextGaussian());
      }
    }
    byte[] pixels = quantised(density);
    Marker.burnIn(pixels, side, random);
    return new SyntheticRadiograph(finding, seed, side, pixels, boxes());
  }

  private double density(Pose.Place place) {
    double x = place.x();
    double y = place.y();
    double lung = anatomy.lung(x, y);
    double value = anatomy.density(x, y, lung);
    if (lung > 0) {
      double added = 0;
      for (Opacity opacity : opacities) {
        added = Math.max(added, opacity.at(x, y, texture));
      }
      value += lung * added;
    }
    return value;
  }

  private List<Opacity> opacities() {
    return switch (finding) {
      case NORMAL -> List.of();
      case COVID_19 -> patches();
      case OTHER_PNEUMONIA -> List.of(lobe());
    };
  }

  private List<Opacity> patches() {
    List<Opacity> patches = new ArrayList<>();
    for (int lung = -1; lung <= 1; lung += 2) {
      int count = 2 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        double y = 0.42 + 0.3 * random.nextDouble();
        double x = lung * (0.48 + 0.14 * random.nextDouble());
        double size = 0.10 + 0.05 * random.nextDouble();
        patches.add(new Opacity(x, y, size, 0.7 * size, 0.22 + 0.12 * random.nextDouble(), 0.55));
      }
    }
    return patches;
  }

  private Opacity lobe() {
    int lung = random.nextBoolean() ? 1 : -1;
    double y = random.nextBoolean() ? 0.28 + 0.05 * random.nextDouble() : 0.62;
    double x = lung * (0.38 + 0.06 * random.nextDouble());
    return new Opacity(x, y, 0.30, 0.13, 0.34 + 0.08 * random.nextDouble(), 0.2);
  }

  private List<Box> boxes() {
    return opacities.stream().map(opacity -> opacity.box(pose, side)).toList();
  }

  private byte[] quantised(float[] density) {
    byte[] pixels = new byte[density.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.max(0, Math.min(225, Math.round(255 * density[i])));
    }
    return pixels;
  }
}
