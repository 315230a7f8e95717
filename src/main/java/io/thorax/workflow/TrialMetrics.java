package io.thorax.workflow;

import io.thorax.training.SplitMetrics;
import java.util.LinkedHashMap;
import java.util.Map;

/** Metrics by name: of all images, and of each source's alone behind {@code <source>/}. */
final class TrialMetrics {
  private TrialMetrics() {}

  static Map<String, Double> of(SplitMetrics split) {
    Map<String, Double> metrics = new LinkedHashMap<>(split.overall().asMap());
    split
        .bySource()
        .forEach(
            (source, alone) ->
                alone.asMap().forEach((name, value) -> metrics.put(source + "/" + name, value)));
    metrics.values().removeIf(value -> value == null || value.isNaN());
    return metrics;
  }
}
