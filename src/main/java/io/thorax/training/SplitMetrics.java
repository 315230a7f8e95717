package io.thorax.training;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well a network reads a split.
 *
 * @param bySource the same for the images of each known source alone, their loss without the
 *     activity regulariser; empty if no source is known
 */
public record SplitMetrics(
    ClassificationMetrics overall, Map<String, ClassificationMetrics> bySource) {
  public SplitMetrics {
    bySource = Collections.unmodifiableMap(new TreeMap<>(bySource));
  }
}
