package io.thorax.quickstart;

import io.thorax.client.EventLog;
import io.thorax.client.EventLog.Event;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * X-rays that were sent, and what was published about them. A result that is told again, under the
 * same id, counts once.
 */
final class Readings {
  private final EventLog log;
  private final Map<String, Long> sentNanos = new LinkedHashMap<>();
  private final Set<String> eventIds = new HashSet<>();

  Readings(EventLog log) {
    this.log = log;
  }

  /**
   * @param eventId of the {@code xray.uploaded} event
   */
  void sent(String imageKey, String eventId, long nanos) {
    sentNanos.put(imageKey, nanos);
    eventIds.add(eventId);
  }

  /** When an image was sent, by its key. */
  Map<String, Long> sentNanos() {
    return Collections.unmodifiableMap(sentNanos);
  }

  /** Whether nothing more is to come. */
  boolean complete() {
    return answered() + deadLetters().size() >= sentNanos.size();
  }

  boolean allAnswered() {
    return answered() == sentNanos.size();
  }

  /** The classified ones first. */
  Collection<Event> results() {
    Map<String, Event> results = new LinkedHashMap<>();
    Stream.of("xray.classified", "xray.rejected")
        .flatMap(topic -> log.events(topic).stream())
        .filter(event -> sentNanos.containsKey(event.imageKey()))
        .forEach(event -> results.putIfAbsent(event.id(), event));
    return results.values();
  }

  long rejected() {
    return results().stream().filter(event -> event.topic().equals("xray.rejected")).count();
  }

  private long answered() {
    return results().stream().map(Event::imageKey).distinct().count();
  }

  /** A dead letter has the id of the event that it was. */
  private List<Event> deadLetters() {
    return log.events("dead-letter").stream()
        .filter(event -> eventIds.contains(event.id()))
        .toList();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d of %d images answered, %d rejected, %d dead letters",
        answered(),
        sentNanos.size(),
        rejected(),
        deadLetters().size());
  }
}
