package io.thorax.dataset;

import io.thorax.objectstore.ObjectAddress;
import io.thorax.objectstore.ObjectStore;
import io.thorax.study.Failure;
import io.thorax.study.ImageFormat;
import io.thorax.study.Sha256;

/**
 * The original files that data sets own: each stored once, under its digest, whichever data sets it
 * is in and however its source goes on. Thread-safe.
 */
final class ImageCopies {
  private final ObjectStore store;
  private final String bucket;

  ImageCopies(ObjectStore store, String bucket) {
    this.store = store;
    this.bucket = bucket;
  }

  /**
   * @throws Failure.Transient if the store is away, or does not let the service into its own bucket
   */
  void keep(Sha256 sha256, byte[] content, ImageFormat format) {
    ObjectAddress address = address(sha256);
    try {
      if (!store.exists(address)) {
        store.put(address, content, format.mediaType());
      }
    } catch (Failure.Rejected e) {
      throw new Failure.Transient("the artifacts' bucket cannot be used", e);
    }
  }

  byte[] read(Sha256 sha256, long maxBytes) {
    return store.get(address(sha256), maxBytes).content();
  }

  private ObjectAddress address(Sha256 sha256) {
    return ObjectAddress.of(bucket, "images/" + sha256.hex().substring(0, 2) + "/" + sha256.hex());
  }
}
