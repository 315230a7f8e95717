package io.thorax.study;

import java.util.Objects;

/**
 * A decoded X-ray, ready to look at: 8 bits a sample, dark is air (MONOCHROME2 polarity).
 *
 * @param width columns
 * @param height rows
 * @param channels 1 (gray) or 3 (red, green, blue)
 * @param samples row by row, channels interleaved, {@code width * height * channels} bytes to be
 *     read unsigned; owned by the radiograph, not to be written to
 */
public record Radiograph(
    int width,
    int height,
    int channels,
    byte[] samples,
    ImageFormat format,
    Acquisition acquisition) {

  public Radiograph {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(acquisition, "acquisition");
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("an image of " + width + " x " + height + " pixels");
    }
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels must be 1 or 3, not " + channels);
    }
    if (samples.length != Math.multiplyExact(Math.multiplyExact(width, height), channels)) {
      throw new IllegalArgumentException(
          samples.length + " samples for " + width + " x " + height + " x " + channels);
    }
  }
}
