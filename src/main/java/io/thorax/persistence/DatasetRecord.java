package io.thorax.persistence;

import io.thorax.study.Sha256;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * An assembled data set.
 *
 * @param digest of its content
 * @param requestId of the request that assembled it
 * @param artifacts by name, as {@code bucket/key}
 * @param summary counts by class, source and split; what was left out and why
 * @param createdAt when it was assembled; lists are ordered by it
 */
public record DatasetRecord(
    Sha256 digest,
    String name,
    String requestId,
    Map<String, String> artifacts,
    Map<String, Object> summary,
    Instant createdAt) {
  public DatasetRecord {
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(requestId, "requestId");
    Objects.requireNonNull(createdAt, "createdAt");
    artifacts = Collections.unmodifiableMap(new LinkedHashMap<>(artifacts));
    summary = Collections.unmodifiableMap(new LinkedHashMap<>(summary));
  }
}
