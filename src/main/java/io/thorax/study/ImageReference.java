package io.thorax.study;

import java.util.Objects;
import java.util.Optional;

/**
 * Where an image lies in the object store. Events carry references, never pixels.
 *
 * @param versionId of a bucket with versions
 * @param etag as the store gave it, without quotes
 * @param sha256 of the image's bytes; checked when given, always present once the image was read
 */
public record ImageReference(
    String bucket,
    String key,
    Optional<String> versionId,
    Optional<String> etag,
    Optional<Sha256> sha256) {

  /** The longest key of S3, in characters. */
  public static final int MAX_KEY_LENGTH = 1024;

  public ImageReference {
    requireText(bucket, "bucket");
    requireText(key, "key");
    if (key.length() > MAX_KEY_LENGTH) {
      throw new IllegalArgumentException("key: longer than " + MAX_KEY_LENGTH + " characters");
    }
    Objects.requireNonNull(versionId, "versionId");
    Objects.requireNonNull(etag, "etag");
    Objects.requireNonNull(sha256, "sha256");
  }

  public static ImageReference of(String bucket, String key) {
    return new ImageReference(bucket, key, Optional.empty(), Optional.empty(), Optional.empty());
  }

  public ImageReference withSha256(Sha256 digest) {
    return new ImageReference(bucket, key, versionId, etag, Optional.of(digest));
  }

  /** The place alone, as one stable text: bucket, key and version. */
  public String place() {
    return bucket + "/" + key + versionId.map(version -> "?versionId=" + version).orElse("");
  }

  private static void requireText(String value, String field) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(field + ": must not be blank");
    }
  }
}
