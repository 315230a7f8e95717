package io.thorax.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.StringJoiner;

/** Metrics on one line. */
final class Metrics {
  private Metrics() {}

  static String text(JsonNode metrics) {
    StringJoiner line = new StringJoiner(", ");
    metrics
        .fields()
        .forEachRemaining(
            metric ->
                line.add(
                    String.format(
                        Locale.ROOT, "%s %.3f", metric.getKey(), metric.getValue().asDouble())));
    return line.toString();
  }
}
