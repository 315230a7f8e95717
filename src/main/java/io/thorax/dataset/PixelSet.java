package io.thorax.dataset;

import io.thorax.imaging.ReducedImage;

/**
 * Images of a data set, or of one split of it, decoded and reduced: what training reads.
 * Thread-safe; indexes run from 0 to {@link #size()} - 1 in an order that never changes.
 */
public interface PixelSet {

  int size();

  /** The index of the image's class. */
  int label(int index);

  /**
   * A copy of the image's samples, owned by the caller.
   *
   * @throws io.thorax.study.Failure.Poison if the cache's bytes are not those that were written
   */
  ReducedImage image(int index);

  /** The SHA-256 of the original file, in hexadecimal. */
  String id(int index);
}
