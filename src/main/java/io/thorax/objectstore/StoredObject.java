package io.thorax.objectstore;

import java.util.Objects;
import java.util.Optional;

/**
 * An object as it was read, whole.
 *
 * @param content handed over to the reader, not copied; nobody else holds it
 * @param etag as the store gave it, without quotes; empty if it gave none
 * @param versionId of a bucket with versions
 * @param contentType as it was stored; {@code application/octet-stream} if the store gave none
 */
public record StoredObject(
    byte[] content, String etag, Optional<String> versionId, String contentType) {

  public StoredObject {
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(etag, "etag");
    Objects.requireNonNull(versionId, "versionId");
    Objects.requireNonNull(contentType, "contentType");
  }
}
