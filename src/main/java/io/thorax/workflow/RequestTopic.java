package io.thorax.workflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.thorax.study.Identifiers;
import io.thorax.study.RequestId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * Requests for long work: each becomes an event, and the work's id follows from the event's.
 *
 * @param topic that takes the events
 * @param kind of the work, as its ids are made of
 */
record RequestTopic(String topic, String kind) {
  private static final int LONGEST_NAME = 200;

  /**
   * @param idempotencyKey two requests with the same one are the same request
   * @param data as the topic's events have it; looked at no closer than its name, because whoever
   *     consumes the event checks it
   * @throws InvalidInputException if the data has no name
   */
  Uni<Requested> publish(RequestEvents events, Optional<String> idempotencyKey, ObjectNode data) {
    String name = data.path("name").asText();
    if (!data.path("name").isTextual() || name.isBlank() || name.length() > LONGEST_NAME) {
      throw new InvalidInputException(
          "name", "must be a text of 1 to " + LONGEST_NAME + " characters");
    }
    UUID event =
        idempotencyKey
            .map(key -> Identifiers.of("request", topic + ":" + key))
            .orElseGet(UUID::randomUUID);
    return events
        .publish(topic, event, name, data.toString().getBytes(StandardCharsets.UTF_8))
        .replaceWith(new Requested(event, RequestId.own(event).derive(kind)));
  }
}
