package io.thorax.imaging;

/**
 * Standardisation by table: 8-bit samples have 256 values, so their counts give mean and deviation
 * exactly, and each value's float is computed once.
 */
final class Standardiser {
  private static final int VALUES = 256;

  private Standardiser() {}

  /** The float of each sample value. */
  static float[] table(byte[] samples, Standardisation standardisation) {
    long[] counts = new long[VALUES];
    for (byte sample : samples) {
      counts[sample & 0xFF]++;
    }
    double mean = mean(counts, samples.length);
    double shift = standardisation.centre() ? mean : 0;
    double divisor =
        standardisation.scale()
            ? Math.sqrt(variance(counts, samples.length, mean)) + Standardisation.EPSILON
            : 1;
    float[] table = new float[VALUES];
    for (int value = 0; value < VALUES; value++) {
      table[value] = (float) ((value - shift) / divisor);
    }
    return table;
  }

  /** One row of an image as red, green and blue, at {@code offset}. */
  static void write(ReducedImage image, int row, float[] values, float[] out, int offset) {
    byte[] samples = image.samples();
    int length = image.width() * image.channels();
    int from = row * length;
    if (image.channels() == InputSpec.CHANNELS) {
      for (int i = 0; i < length; i++) {
        out[offset + i] = values[samples[from + i] & 0xFF];
      }
      return;
    }
    for (int i = 0, to = offset; i < length; i++, to += InputSpec.CHANNELS) {
      float value = values[samples[from + i] & 0xFF];
      out[to] = value;
      out[to + 1] = value;
      out[to + 2] = value;
    }
  }

  private static double mean(long[] counts, int total) {
    long sum = 0;
    for (int value = 0; value < VALUES; value++) {
      sum += value * counts[value];
    }
    return (double) sum / total;
  }

  private static double variance(long[] counts, int total, double mean) {
    double sum = 0;
    for (int value = 0; value < VALUES; value++) {
      sum += (value - mean) * (value - mean) * counts[value];
    }
    return sum / total;
  }
}
