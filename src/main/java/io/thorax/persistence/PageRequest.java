package io.thorax.persistence;

import java.util.Optional;

/**
 * Which part of a long list, latest first.
 *
 * @param limit at most so many rows, 1 to {@value #MAX_LIMIT}
 * @param cursor of the page before ({@link Page#nextCursor}); empty for the first
 */
public record PageRequest(int limit, Optional<String> cursor) {
  public static final int MAX_LIMIT = 200;

  /**
   * @throws IllegalArgumentException if the limit is out of range or the cursor is not one of ours
   */
  public PageRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit: must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    cursor.ifPresent(Cursor::decode);
  }

  public static PageRequest first(int limit) {
    return new PageRequest(limit, Optional.empty());
  }

  Optional<Cursor> place() {
    return cursor.map(Cursor::decode);
  }
}
