package io.thorax.stack;

import java.util.Map;

/** The topics of the service, with the partitions that the stack gives them. */
public final class Topics {
  private static final int WIDE = 8;
  private static final int NARROW = 4;

  /** As many classified images as uploads, in the order of their study. */
  public static final Map<String, Integer> PARTITIONS =
      Map.ofEntries(
          Map.entry("xray.uploaded", WIDE),
          Map.entry("bucket.notifications", WIDE),
          Map.entry("dataset.requested", 1),
          Map.entry("training.requested", 1),
          Map.entry("explanation.requested", NARROW),
          Map.entry("batch.requested", 1),
          Map.entry("xray.classified", NARROW),
          Map.entry("xray.rejected", NARROW),
          Map.entry("dataset.assembled", 1),
          Map.entry("batch.completed", 1),
          Map.entry("explanation.completed", NARROW),
          Map.entry("training.progressed", 1),
          Map.entry("training.completed", 1),
          Map.entry("request.failed", 1),
          Map.entry("dead-letter", 1));

  private Topics() {}
}
