package io.thorax.persistence;

import io.thorax.study.Sha256;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A trained model.
 *
 * @param manifestJson read back, it has the same content, not the same characters: digests are
 *     taken of the bundle's file
 * @param artifacts by name, as {@code bucket/key}
 * @param runId of the training run; empty for an imported model
 * @param createdAt when it was made; lists are ordered by it
 */
public record ModelRecord(
    Sha256 digest,
    String name,
    String manifestJson,
    Map<String, String> artifacts,
    Optional<UUID> runId,
    Instant createdAt) {
  /**
   * @throws IllegalArgumentException if the manifest is no JSON
   */
  public ModelRecord {
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(createdAt, "createdAt");
    manifestJson = Json.require(manifestJson, "manifestJson");
    artifacts = Collections.unmodifiableMap(new LinkedHashMap<>(artifacts));
  }
}
