package io.thorax.objectstore;

import io.thorax.study.ImageReference;
import java.util.Objects;
import java.util.Optional;

/**
 * Where one object lies.
 *
 * @param versionId of a bucket with versions; empty means the latest
 */
public record ObjectAddress(String bucket, String key, Optional<String> versionId) {

  public ObjectAddress {
    requireText(bucket, "bucket");
    requireText(key, "key");
    if (key.length() > ImageReference.MAX_KEY_LENGTH) {
      throw new IllegalArgumentException(
          "key: longer than " + ImageReference.MAX_KEY_LENGTH + " characters");
    }
    Objects.requireNonNull(versionId, "versionId");
  }

  public static ObjectAddress of(String bucket, String key) {
    return new ObjectAddress(bucket, key, Optional.empty());
  }

  public static ObjectAddress of(ImageReference image) {
    return new ObjectAddress(image.bucket(), image.key(), image.versionId());
  }

  private static void requireText(String value, String field) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(field + ": must not be blank");
    }
  }
}
