package io.thorax.imaging;

/**
 * Decoded samples, 8 bits each, row by row, channels interleaved (red, green, blue).
 *
 * @param channels 1 or 3
 * @param samples owned by the raster
 */
record Raster(int width, int height, int channels, byte[] samples) {

  /** One channel instead of three that are equal everywhere. */
  Raster withoutRedundantChannels() {
    if (channels == 1 || !isGray()) {
      return this;
    }
    byte[] gray = new byte[width * height];
    for (int i = 0, j = 0; i < gray.length; i++, j += 3) {
      gray[i] = samples[j];
    }
    return new Raster(width, height, 1, gray);
  }

  private boolean isGray() {
    for (int i = 0; i < samples.length; i += 3) {
      if (samples[i] != samples[i + 1] || samples[i] != samples[i + 2]) {
        return false;
      }
    }
    return true;
  }
}
