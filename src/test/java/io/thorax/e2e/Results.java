package io.thorax.e2e;

import io.thorax.client.EventLog;
import io.thorax.client.EventLog.Event;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was published about images.
 *
 * @param events in the order in which they were read
 */
record Results(List<Event> events) {
  private static final Duration QUIET = Duration.ofSeconds(2);

  /** When so many images were told of and nothing more has come for a while. */
  static Results await(EventLog log, String keyPrefix, int images, Duration patience) {
    return await(log, keyPrefix, patience, results -> results.kinds().size() >= images);
  }

  /** When there are so many events, repeats included, and nothing more has come for a while. */
  static Results awaitEvents(EventLog log, String keyPrefix, int events, Duration patience) {
    return await(log, keyPrefix, patience, results -> results.events().size() >= events);
  }

  private interface Enough {
    boolean reached(Results results);
  }

  private static Results await(EventLog log, String prefix, Duration patience, Enough enough) {
    long deadline = System.nanoTime() + patience.toNanos();
    Results before = now(log, prefix);
    long since = System.nanoTime();
    while (System.nanoTime() < deadline) {
      Pauses.of(Duration.ofMillis(50));
      Results after = now(log, prefix);
      if (after.events().size() > before.events().size()) {
        since = System.nanoTime();
      }
      if (enough.reached(after) && System.nanoTime() - since > QUIET.toNanos()) {
        return after;
      }
      before = after;
    }
    return before; // what is missing shows in the assertions
  }

  static Results now(EventLog log, String keyPrefix) {
    return new Results(
        Stream.of("xray.classified", "xray.rejected")
            .flatMap(topic -> log.events(topic, keyPrefix).stream())
            .sorted(Comparator.comparingLong(Event::receivedNanos))
            .toList());
  }

  /** By the image's key: classified, or the reason for which it was rejected. */
  Map<String, String> kinds() {
    Map<String, String> kinds = new TreeMap<>();
    for (Event event : events) {
      kinds.merge(
          event.imageKey(),
          event.topic().equals("xray.classified")
              ? Posted.CLASSIFIED
              : event.data().path("reason").asText(),
          (first, second) -> first.equals(second) ? first : first + " and " + second);
    }
    return kinds;
  }

  Set<String> ids() {
    return events.stream().map(Event::id).collect(Collectors.toSet());
  }

  /** Every event whose id had come before, by that id. */
  Map<String, List<Event>> repeats() {
    return events.stream().collect(Collectors.groupingBy(Event::id)).entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, entry -> entry.getValue().subList(1, entry.getValue().size())));
  }
}
