package io.thorax.imaging;

/** How an image is brought to the network's size. The sides' ratio is not kept. */
public enum Interpolation {
  /**
   * Each output pixel is the mean of the area that it covers (OpenCV's INTER_AREA), so that fine
   * structures are averaged and not dropped. A side that has to grow is interpolated linearly,
   * after the other has shrunk: INTER_AREA has no meaning there.
   */
  AREA,
  /**
   * The pixel under the output pixel's centre, to the last one as Pillow, and so Keras, picks it.
   */
  NEAREST
}
