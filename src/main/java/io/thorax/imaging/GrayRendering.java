package io.thorax.imaging;

import java.util.Optional;

/**
 * Stored gray values to 8 bits, as a viewer shows them: rescale, window, polarity (PS3.3, C.11.1
 * and C.11.2). Lookup tables of a file (modality LUT, VOI LUT) are not applied. Of several windows
 * the first counts. Without one, 8-bit values that are not rescaled are taken as they are, and
 * others are spread from their smallest to their largest, the padding value left aside. So are they
 * if the window leaves no contrast at all, which only a wrong window does.
 */
final class GrayRendering {
  private final DicomImage image;
  private final double slope;
  private final double intercept;

  private GrayRendering(DicomFile file, DicomImage image) {
    this.image = image;
    double stated = file.decimal(DicomTags.RESCALE_SLOPE).orElse(1.0);
    this.slope = stated == 0 ? 1 : stated;
    this.intercept = file.decimal(DicomTags.RESCALE_INTERCEPT).orElse(0.0);
  }

  /** A shade for a rescaled value: 0 is black, 255 white; beyond both it is cut off. */
  @FunctionalInterface
  private interface Shade {
    double of(double value);
  }

  private record Range(double lowest, double highest) {
    Shade shade() {
      double span = highest - lowest;
      return span > 0 ? value -> (value - lowest) / span * 255 : value -> 0;
    }
  }

  /**
   * @param words as {@link DicomImage#words} gives them
   */
  static byte[] render(DicomFile file, DicomImage image, char[] words) {
    GrayRendering rendering = new GrayRendering(file, image);
    boolean[] occurs = new boolean[1 << image.bitsAllocated()];
    for (char word : words) {
      occurs[word] = true;
    }
    byte[] table = rendering.table(rendering.shade(file, occurs));
    byte[] samples = new byte[words.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = table[words[i]];
    }
    return samples;
  }

  /**
   * @param stored of 8 bits allocated; becomes the result
   */
  static byte[] render(DicomFile file, DicomImage image, byte[] stored) {
    GrayRendering rendering = new GrayRendering(file, image);
    if (rendering.isDisplayReady() && !image.inverted() && window(file).isEmpty()) {
      return stored;
    }
    boolean[] occurs = new boolean[1 << image.bitsAllocated()];
    for (byte word : stored) {
      occurs[word & 0xFF] = true;
    }
    byte[] table = rendering.table(rendering.shade(file, occurs));
    for (int i = 0; i < stored.length; i++) {
      stored[i] = table[stored[i] & 0xFF];
    }
    return stored;
  }

  private Shade shade(DicomFile file, boolean[] occurs) {
    Optional<Shade> window = window(file);
    if (window.isEmpty() && isDisplayReady()) {
      return value -> value;
    }
    Range range = range(file, occurs);
    return window
        .filter(
            shade ->
                range.lowest == range.highest
                    || toByte(shade.of(range.lowest)) != toByte(shade.of(range.highest)))
        .orElseGet(range::shade);
  }

  private boolean isDisplayReady() {
    return image.bitsStored() == 8 && !image.signed() && slope == 1 && intercept == 0;
  }

  private static Optional<Shade> window(DicomFile file) {
    Optional<Double> stated = file.decimal(DicomTags.WINDOW_CENTER);
    Optional<Double> width = file.decimal(DicomTags.WINDOW_WIDTH);
    if (stated.isEmpty() || width.isEmpty() || width.get() < 1) {
      return Optional.empty();
    }
    double center = stated.get();
    double w = width.get();
    String function = file.string(DicomTags.VOI_LUT_FUNCTION).orElse("LINEAR");
    return Optional.of(
        switch (function) {
          case "SIGMOID" -> value -> 255 / (1 + Math.exp(-4 * (value - center) / w));
          case "LINEAR_EXACT" -> value -> ((value - center) / w + 0.5) * 255;
          default -> value -> linear(value, center, w);
        });
  }

  /** C.11.2.1.2.1. */
  private static double linear(double value, double center, double width) {
    if (width == 1) {
      return value <= center - 0.5 ? 0 : 255;
    }
    return ((value - (center - 0.5)) / (width - 1) + 0.5) * 255;
  }

  /**
   * Of the rescaled values that occur.
   *
   * @param occurs by stored word
   */
  private Range range(DicomFile file, boolean[] occurs) {
    int padding =
        file.unsignedShort(DicomTags.PIXEL_PADDING_VALUE).stream()
            .map(image::value)
            .findFirst()
            .orElse(Integer.MIN_VALUE);
    Range withoutPadding = range(occurs, padding);
    return withoutPadding.lowest <= withoutPadding.highest
        ? withoutPadding
        : range(occurs, Integer.MIN_VALUE);
  }

  private Range range(boolean[] occurs, int padding) {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (int word = 0; word < occurs.length; word++) {
      int value = image.value(word);
      if (occurs[word] && value != padding) {
        lowest = Math.min(lowest, rescaled(value));
        highest = Math.max(highest, rescaled(value));
      }
    }
    return new Range(lowest, highest);
  }

  private byte[] table(Shade shade) {
    byte[] table = new byte[1 << image.bitsAllocated()];
    for (int word = 0; word < table.length; word++) {
      int gray = toByte(shade.of(rescaled(image.value(word)))) & 0xFF;
      table[word] = (byte) (image.inverted() ? 255 - gray : gray);
    }
    return table;
  }

  private double rescaled(int value) {
    return slope * value + intercept;
  }

  static byte toByte(double value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }
}
