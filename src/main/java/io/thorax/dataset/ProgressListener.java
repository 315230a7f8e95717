package io.thorax.dataset;

/**
 * Hears how far the reading of images is. Called on the assembling thread after each image; what it
 * throws ends the work.
 */
@FunctionalInterface
public interface ProgressListener {
  ProgressListener NONE = (done, expected) -> {};

  /**
   * @param done images read so far, taken or not
   * @param expected images to read, as far as can be told; may be passed when many are refused
   */
  void imagesRead(int done, int expected);
}
