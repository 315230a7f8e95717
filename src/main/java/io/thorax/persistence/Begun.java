package io.thorax.persistence;

import java.util.List;

/**
 * The answer to {@link DeliveryRepository#begin}.
 *
 * @param ranges cover the records that may be processed together now; to be ended
 * @param suspects one range a record that an unfinished attempt covers; not begun yet: each is to
 *     be begun alone ({@link DeliveryRepository#beginAlone})
 */
public record Begun(List<Range> ranges, List<Range> suspects) {
  public Begun {
    ranges = List.copyOf(ranges);
    suspects = List.copyOf(suspects);
  }
}
