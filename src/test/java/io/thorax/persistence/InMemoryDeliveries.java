package io.thorax.persistence;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Attempts counted as {@link DeliveryRepository} counts them, a range a record. */
public final class InMemoryDeliveries extends DeliveryRepository {
  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, Range> open = new ConcurrentSkipListMap<>();

  public InMemoryDeliveries() {
    super(null);
  }

  /** As a process leaves it that ended in the midst of its work. */
  public void leaveOpen(String group, Position position, int attemptsAlone) {
    add(group, position, attemptsAlone);
  }

  public List<Range> open() {
    return List.copyOf(open.values());
  }

  @Override
  public Uni<Begun> begin(String group, List<Position> batch) {
    return Uni.createFrom()
        .item(
            () -> {
              List<Range> begun = new ArrayList<>();
              List<Range> suspects = new ArrayList<>();
              for (Position position : batch) {
                find(position)
                    .ifPresentOrElse(suspects::add, () -> begun.add(add(group, position, 0)));
              }
              return new Begun(begun, suspects);
            });
  }

  @Override
  public Uni<Range> beginAlone(String group, Position suspect, int number) {
    return Uni.createFrom()
        .item(
            () -> {
              Range range = find(suspect).orElseGet(() -> add(group, suspect, 0));
              return put(copy(range, Math.max(range.attemptsAlone(), number), range.error()));
            });
  }

  @Override
  public Uni<Void> failed(List<Range> ranges, String error) {
    return Uni.createFrom()
        .item(
            () -> {
              ranges.forEach(range -> put(copy(range, range.attemptsAlone(), Optional.of(error))));
              return null;
            });
  }

  @Override
  public Uni<Void> end(List<Range> ranges) {
    return Uni.createFrom()
        .item(
            () -> {
              ranges.forEach(range -> open.remove(range.id()));
              return null;
            });
  }

  private Optional<Range> find(Position position) {
    return open.values().stream().filter(range -> range.contains(position)).findFirst();
  }

  private Range add(String group, Position position, int attemptsAlone) {
    return put(
        new Range(
            ids.incrementAndGet(),
            group,
            position.topic(),
            position.partition(),
            position.offset(),
            position.offset(),
            1,
            attemptsAlone,
            Instant.EPOCH,
            Instant.EPOCH,
            Optional.empty()));
  }

  private Range put(Range range) {
    open.put(range.id(), range);
    return range;
  }

  private static Range copy(Range range, int attemptsAlone, Optional<String> error) {
    return new Range(
        range.id(),
        range.group(),
        range.topic(),
        range.partition(),
        range.firstOffset(),
        range.lastOffset(),
        range.attempts(),
        attemptsAlone,
        range.firstAt(),
        range.lastAt(),
        error);
  }
}
