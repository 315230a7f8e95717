package io.thorax.workflow;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Requests made through the API become the events that any other client would send. */
public interface RequestEvents {

  /**
   * Completes when the broker has the event.
   *
   * @param topic for instance {@code training.requested}
   * @param id of the event: the same request carries the same one
   */
  Uni<Void> publish(String topic, UUID id, String key, byte[] jsonData);
}
