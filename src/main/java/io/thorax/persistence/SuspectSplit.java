package io.thorax.persistence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes open ranges and the batch that meets them apart: one range a suspect record, one range a
 * run of records that nothing speaks against, and what of the open ranges lies outside of the
 * batch.
 *
 * <p>Within a partition Kafka hands records over in order and without omission: an offset between a
 * batch's first and last that is not in the batch does not exist (compacted away, or a
 * transaction's marker) and needs no range.
 */
record SuspectSplit(List<Draft> suspects, List<Draft> clean, List<Draft> outside) {

  /** A range to be inserted. */
  record Draft(
      String topic,
      int partition,
      long first,
      long last,
      int attempts,
      int alone,
      Instant firstAt,
      Instant lastAt,
      String error) {

    static Draft of(Range range, long first, long last) {
      return new Draft(
          range.topic(),
          range.partition(),
          first,
          last,
          range.attempts(),
          range.attemptsAlone(),
          range.firstAt(),
          range.lastAt(),
          range.error().orElse(null));
    }

    /** A first attempt in company; the database's clock gives the times. */
    static Draft begun(Position first, long last) {
      return begun(first, last, 0);
    }

    static Draft begunAlone(Position record, int number) {
      return begun(record, record.offset(), number);
    }

    private static Draft begun(Position first, long last, int alone) {
      return new Draft(
          first.topic(), first.partition(), first.offset(), last, 1, alone, null, null, null);
    }

    boolean startsAt(Position position) {
      return first == position.offset()
          && partition == position.partition()
          && topic.equals(position.topic());
    }

    Map<String, Object> row(String group) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("consumer_group", group);
      row.put("topic", topic);
      row.put("partition_number", partition);
      row.put("first_offset", first);
      row.put("last_offset", last);
      row.put("attempts", attempts);
      row.put("attempts_alone", alone);
      row.put("first_at", firstAt == null ? null : firstAt.toString());
      row.put("last_at", lastAt == null ? null : lastAt.toString());
      row.put("error", error);
      return row;
    }
  }

  List<Draft> all() {
    return Stream.of(suspects, clean, outside).flatMap(List::stream).toList();
  }

  /** One range a partition: the batch as it comes. */
  static List<Draft> spans(List<Position> batch) {
    List<Draft> spans = new ArrayList<>();
    for (List<Position> run : runs(sorted(batch), (before, after) -> true)) {
      spans.add(Draft.begun(run.get(0), last(run)));
    }
    return spans;
  }

  static SuspectSplit of(List<Position> batch, List<Range> open) {
    List<Position> positions = sorted(batch);
    List<Draft> suspects = new ArrayList<>();
    for (Position position : positions) {
      suspicion(position, open)
          .map(range -> Draft.of(range, position.offset(), position.offset()))
          .ifPresent(suspects::add);
    }
    List<Draft> clean = new ArrayList<>();
    for (List<Position> run :
        runs(
            positions, (before, after) -> alike(suspicion(before, open), suspicion(after, open)))) {
      if (suspicion(run.get(0), open).isEmpty()) {
        clean.add(Draft.begun(run.get(0), last(run)));
      }
    }
    return new SuspectSplit(suspects, clean, outside(spans(positions), open));
  }

  private static boolean alike(Optional<Range> before, Optional<Range> after) {
    return before.isPresent() == after.isPresent();
  }

  private static Optional<Range> suspicion(Position position, List<Range> open) {
    return open.stream().filter(range -> range.contains(position)).findFirst();
  }

  private static List<Draft> outside(List<Draft> spans, List<Range> open) {
    List<Draft> outside = new ArrayList<>();
    for (Range range : open) {
      for (Draft span : spans) {
        if (span.partition() == range.partition() && span.topic().equals(range.topic())) {
          if (range.firstOffset() < span.first()) {
            outside.add(Draft.of(range, range.firstOffset(), span.first() - 1));
          }
          if (range.lastOffset() > span.last()) {
            outside.add(Draft.of(range, span.last() + 1, range.lastOffset()));
          }
        }
      }
    }
    return outside;
  }

  private interface Joins {
    boolean together(Position before, Position after);
  }

  /** Neighbours of one partition that belong together. */
  private static List<List<Position>> runs(List<Position> positions, Joins joins) {
    List<List<Position>> runs = new ArrayList<>();
    Position before = null;
    for (Position position : positions) {
      if (before == null
          || !before.sharesPartition(position)
          || !joins.together(before, position)) {
        runs.add(new ArrayList<>());
      }
      runs.get(runs.size() - 1).add(position);
      before = position;
    }
    return runs;
  }

  private static long last(List<Position> run) {
    return run.get(run.size() - 1).offset();
  }

  private static List<Position> sorted(List<Position> batch) {
    return batch.stream()
        .distinct()
        .sorted(
            Comparator.comparing(Position::topic)
                .thenComparingInt(Position::partition)
                .thenComparingLong(Position::offset))
        .toList();
  }
}
