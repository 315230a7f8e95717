package io.thorax.workflow;

import java.util.UUID;

/**
 * A request for long work that was published.
 *
 * @param eventId of the event
 * @param workId of what comes of it once the event has been read
 */
public record Requested(UUID eventId, UUID workId) {}
