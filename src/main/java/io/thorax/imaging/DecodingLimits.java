package io.thorax.imaging;

import java.util.Locale;

/**
 * How large an input may be. Both are checked before memory for pixels is taken.
 *
 * @param maxBytes of the encoded file, and of a deflated DICOM data set once it is inflated
 * @param maxPixels rows times columns, as the header states them
 */
public record DecodingLimits(long maxBytes, long maxPixels) {
  /** An encoded file must fit into one Java array. */
  static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  /** Three samples a pixel must fit into one Java array. */
  private static final long MOST_PIXELS = Integer.MAX_VALUE / 3;

  public static final DecodingLimits DEFAULT = new DecodingLimits(64L << 20, 64_000_000);

  public DecodingLimits {
    if (maxBytes < 1 || maxBytes > MAX_BYTES) {
      throw new IllegalArgumentException("maxBytes must be in 1.." + MAX_BYTES);
    }
    if (maxPixels < 1 || maxPixels > MOST_PIXELS) {
      throw new IllegalArgumentException("maxPixels must be in 1.." + MOST_PIXELS);
    }
  }

  void checkBytes(long bytes) {
    if (bytes > maxBytes) {
      throw Refusal.tooLarge(bytes + " bytes, more than the " + maxBytes + " allowed");
    }
  }

  void checkPixels(long width, long height) {
    if (width < 1 || height < 1) {
      throw Refusal.corrupt("an image of " + width + " x " + height + " pixels");
    }
    if (height > maxPixels / width) {
      throw Refusal.tooLarge(
          String.format(
              Locale.ROOT, "%d x %d pixels, more than the %d allowed", width, height, maxPixels));
    }
  }
}
