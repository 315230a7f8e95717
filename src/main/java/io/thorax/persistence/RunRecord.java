package io.thorax.persistence;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A training run: what a training request asks for. Its trials are {@link WorkItem}s with the run
 * as parent, which also carry the progress.
 *
 * @param id derived from the request's event
 * @param specJson the request, with defaults filled in
 */
public record RunRecord(
    UUID id,
    String name,
    String specJson,
    WorkState state,
    Optional<String> resultJson,
    Optional<String> failure,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> finishedAt) {}
