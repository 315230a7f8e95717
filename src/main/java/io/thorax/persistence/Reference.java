package io.thorax.persistence;

import io.thorax.study.ImageReference;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One place and study under which a predicted image was named.
 *
 * @param seenAt when first
 */
public record Reference(
    UUID predictionId, ImageReference image, Optional<String> studyInstanceUid, Instant seenAt) {}
