package io.thorax.study;

import java.util.Objects;
import java.util.UUID;

/**
 * Who asked, and under which id: an event's id is unique within its source only (CloudEvents 1.0,
 * section 3.1.1), so two senders that count from one do not take each other's request for a repeat.
 */
public record RequestId(String source, String id) {
  /** Of the events that Thorax publishes itself. */
  public static final String OWN_SOURCE = "/thorax";

  public RequestId {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(id, "id");
  }

  /** Of a request that came through the API. */
  public static RequestId own(UUID event) {
    return new RequestId(OWN_SOURCE, event.toString());
  }

  /** The same for every delivery of the request; another for each kind of work. */
  public UUID derive(String kind) {
    return Identifiers.of(kind, source + " " + id);
  }
}
