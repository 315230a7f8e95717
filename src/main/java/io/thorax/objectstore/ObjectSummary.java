package io.thorax.objectstore;

import java.util.Objects;

/**
 * One line of a listing.
 *
 * @param size in bytes
 * @param etag without quotes; empty if the store gave none
 */
public record ObjectSummary(String key, long size, String etag) {

  public ObjectSummary {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(etag, "etag");
    if (size < 0) {
      throw new IllegalArgumentException("size: must not be negative");
    }
  }
}
