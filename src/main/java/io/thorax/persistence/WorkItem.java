package io.thorax.persistence;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Long work as the queue knows it. The JSON texts come as PostgreSQL writes them: same content, not
 * the same characters.
 *
 * @param attempts claims that were not given back, this one included
 * @param announced whether the world was told of its end
 * @param cancelRequested whether whoever runs it is to stop
 * @param finishedAt when it ended, well or not
 */
public record WorkItem(
    UUID id,
    String kind,
    Optional<UUID> parent,
    int ordinal,
    String specJson,
    Optional<String> progressJson,
    Optional<String> resultJson,
    Optional<String> failure,
    int attempts,
    WorkState state,
    boolean announced,
    boolean cancelRequested,
    Optional<String> owner,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> finishedAt) {}
