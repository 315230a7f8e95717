package io.thorax.persistence;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One part of a long list, latest first. Paging is by key, not by number: rows that arrive
 * meanwhile shift nothing.
 *
 * @param nextCursor for the page after; empty on the last
 */
public record Page<T>(List<T> items, Optional<String> nextCursor) {
  public Page {
    items = List.copyOf(items);
  }

  /**
   * @param rows up to one more than the limit; the surplus row only tells that there is more
   */
  static <R, T> Page<T> of(
      List<R> rows, int limit, Function<R, T> record, Function<R, Cursor> cursor) {
    List<R> shown = rows.subList(0, Math.min(limit, rows.size()));
    Optional<String> next =
        rows.size() > limit
            ? Optional.of(cursor.apply(shown.get(limit - 1)).encode())
            : Optional.empty();
    return new Page<>(shown.stream().map(record).toList(), next);
  }
}
