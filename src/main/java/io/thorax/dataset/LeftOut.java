package io.thorax.dataset;

import io.thorax.study.RejectReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts what is left out, by source and reason. Not thread-safe. */
final class LeftOut {
  private final Map<Layout, Map<String, Integer>> counts = new EnumMap<>(Layout.class);

  void count(Layout layout, Omission omission) {
    count(layout, omission, 1);
  }

  void count(Layout layout, Omission omission, int images) {
    count(layout, omission.wireName(), images);
  }

  void count(Layout layout, RejectReason reason) {
    count(layout, reason.wireName(), 1);
  }

  private void count(Layout layout, String reason, int images) {
    if (images > 0) {
      counts.computeIfAbsent(layout, l -> new TreeMap<>()).merge(reason, images, Integer::sum);
    }
  }

  /** By the wire names of layouts and reasons, in their order. */
  Map<String, Map<String, Integer>> counts() {
    Map<String, Map<String, Integer>> named = new TreeMap<>();
    counts.forEach((layout, reasons) -> named.put(layout.wireName(), new TreeMap<>(reasons)));
    return named;
  }
}
