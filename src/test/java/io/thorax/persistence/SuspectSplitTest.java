package io.thorax.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thorax.persistence.SuspectSplit.Draft;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SuspectSplitTest {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void aBatchIsOneRangeAPartitionWhateverOffsetsAreMissing() {
    List<Draft> spans =
        SuspectSplit.spans(List.of(at(1, 9), at(0, 5), at(0, 3), at(0, 4), at(0, 8), at(0, 8)));

    assertEquals(List.of("0:3-8", "1:9-9"), texts(spans));
    assertEquals(1, spans.get(0).attempts());
    assertEquals(0, spans.get(1).alone());
  }

  @Test
  void openRangesAreTakenApart() {
    List<Position> batch = LongStream.rangeClosed(10, 20).mapToObj(o -> at(0, o)).toList();
    List<Range> open =
        List.of(range(0, 5, 11, 1, 0), range(0, 14, 14, 3, 2), range(0, 19, 30, 1, 0));

    SuspectSplit split = SuspectSplit.of(batch, open);

    assertEquals(
        List.of("0:10-10", "0:11-11", "0:14-14", "0:19-19", "0:20-20"), texts(split.suspects()));
    assertEquals(List.of("0:12-13", "0:15-18"), texts(split.clean()));
    assertEquals(List.of("0:5-9", "0:21-30"), texts(split.outside()));
    Draft known = split.suspects().get(2);
    assertEquals(3, known.attempts());
    assertEquals(2, known.alone());
    assertEquals(THEN, known.firstAt());
  }

  @Test
  void whatDoesNotExistNeedsNoRange() {
    SuspectSplit split =
        SuspectSplit.of(List.of(at(0, 1), at(0, 4)), List.of(range(0, 1, 4, 1, 0)));

    assertEquals(List.of("0:1-1", "0:4-4"), texts(split.all()));
  }

  @Test
  void otherPartitionsStayClean() {
    SuspectSplit split =
        SuspectSplit.of(List.of(at(0, 1), at(1, 1), at(1, 2)), List.of(range(0, 1, 1, 1, 0)));

    assertEquals(List.of("0:1-1"), texts(split.suspects()));
    assertEquals(List.of("1:1-2"), texts(split.clean()));
  }

  private static Position at(int partition, long offset) {
    return new Position("uploads", partition, offset);
  }

  private static Range range(int partition, long first, long last, int attempts, int alone) {
    return new Range(
        1,
        "thorax",
        "uploads",
        partition,
        first,
        last,
        attempts,
        alone,
        THEN,
        THEN,
        Optional.empty());
  }

  private static List<String> texts(List<Draft> drafts) {
    return drafts.stream()
        .map(draft -> draft.partition() + ":" + draft.first() + "-" + draft.last())
        .toList();
  }
}
