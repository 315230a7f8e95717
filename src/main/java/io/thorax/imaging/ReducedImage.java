package io.thorax.imaging;

/**
 * An image at the network's size, text removed, not yet standardised: what the pixel cache stores.
 *
 * @param channels 1 (gray) or 3 (red, green, blue)
 * @param samples row by row, channels interleaved, unsigned; owned by the image, not to be written
 */
public record ReducedImage(int width, int height, int channels, byte[] samples) {
  public ReducedImage {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels must be 1 or 3, not " + channels);
    }
    if (width < 1 || height < 1 || samples.length != width * height * channels) {
      throw new IllegalArgumentException(
          samples.length + " samples for " + width + " x " + height + " x " + channels);
    }
  }
}
