package io.thorax.imaging;

import io.thorax.study.Radiograph;
import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * Does what an {@link InputSpec} says. Serving is {@link #reduce} and {@link #standardise};
 * training reduces once and then, an epoch, {@link #rotate}s and standardises. Thread-safe.
 */
public final class InputTransform {
  private final InputSpec spec;
  private final Resize resize;
  private final TextRemover textRemover;

  public InputTransform(InputSpec spec) {
    this.spec = Objects.requireNonNull(spec, "spec");
    this.resize = new Resize(spec.interpolation(), spec.width(), spec.height());
    this.textRemover = new TextRemover(spec.textRemoval());
  }

  public InputSpec spec() {
    return spec;
  }

  /** To the network's size, with the text removed. */
  public ReducedImage reduce(Radiograph radiograph) {
    return textRemover.apply(resize.apply(radiograph));
  }

  /**
   * About the centre, with linear interpolation; what comes in from outside repeats the edge.
   * Positive degrees turn the same way as Keras's {@code apply_affine_transform(theta)}.
   */
  public ReducedImage rotate(ReducedImage image, double degrees) {
    return degrees == 0 ? image : Rotation.apply(image, degrees);
  }

  /**
   * Writes {@link InputSpec#length} floats at the buffer's position (row, column, channel) and
   * moves it behind them. A gray image is repeated into all three channels.
   *
   * @param image of the specification's size
   */
  public void standardise(ReducedImage image, FloatBuffer out) {
    requireSize(image);
    float[] row = new float[spec.width() * InputSpec.CHANNELS];
    float[] values = Standardiser.table(image.samples(), spec.standardisation());
    for (int y = 0; y < spec.height(); y++) {
      Standardiser.write(image, y, values, row, 0);
      out.put(row);
    }
  }

  /** Into an array of exactly {@link InputSpec#length} floats. */
  public void standardise(ReducedImage image, float[] out) {
    if (out.length != spec.length()) {
      throw new IllegalArgumentException(out.length + " floats instead of " + spec.length());
    }
    standardise(image, out, 0);
  }

  /** Into an array that holds a whole batch, from {@code offset} on. */
  public void standardise(ReducedImage image, float[] out, int offset) {
    requireSize(image);
    Objects.checkFromIndexSize(offset, spec.length(), out.length);
    float[] values = Standardiser.table(image.samples(), spec.standardisation());
    int row = spec.width() * InputSpec.CHANNELS;
    for (int y = 0; y < spec.height(); y++) {
      Standardiser.write(image, y, values, out, offset + y * row);
    }
  }

  private void requireSize(ReducedImage image) {
    if (image.width() != spec.width() || image.height() != spec.height()) {
      throw new IllegalArgumentException(
          "an image of "
              + image.width()
              + " x "
              + image.height()
              + " for an input of "
              + spec.width()
              + " x "
              + spec.height());
    }
  }
}
