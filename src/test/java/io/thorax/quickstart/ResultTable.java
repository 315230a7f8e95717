package io.thorax.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import io.thorax.client.EventLog.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What came out, as a table for people. */
final class ResultTable {
  private static final String ROW = "  %-34s %-12s %-16s %11s %9s%n";

  private final Truth truth;
  private final Map<String, Long> sentNanos;
  private final List<String> rows = new ArrayList<>();

  /**
   * @param sentNanos when an image's event was sent, by its key
   */
  ResultTable(Truth truth, Map<String, Long> sentNanos) {
    this.truth = truth;
    this.sentNanos = sentNanos;
  }

  void add(Event event) {
    String key = event.data().path("image").path("key").asText();
    String known = truth.of(key);
    if (event.topic().equals("xray.classified")) {
      String predicted = event.data().path("predictedClass").asText();
      JsonNode probability = event.data().path("probabilities").path(predicted);
      rows.add(
          row(
              key,
              known,
              predicted,
              String.format(Locale.ROOT, "%.3f", probability.asDouble()),
              millis(key, event)));
    } else {
      rows.add(
          row(key, known, "rejected", event.data().path("reason").asText(), millis(key, event)));
    }
  }

  private String millis(String key, Event event) {
    Long sent = sentNanos.get(key);
    return sent == null
        ? ""
        : Long.toString(Math.max(0, (event.receivedNanos() - sent) / 1_000_000));
  }

  private static String row(Object... cells) {
    cells[0] = shortened((String) cells[0]);
    return String.format(Locale.ROOT, ROW, cells);
  }

  private static String shortened(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    return name.length() <= 34 ? name : name.substring(0, 31) + "...";
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, ROW, "image", "shows", "read as", "probability", "ms")
        + String.join("", rows);
  }
}
