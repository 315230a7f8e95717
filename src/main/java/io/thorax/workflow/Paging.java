package io.thorax.workflow;

import io.thorax.persistence.PageRequest;
import java.util.Objects;
import java.util.Optional;

/**
 * Which part of a long list.
 *
 * @param limit at most so many, 1 to {@value #MAX_LIMIT}
 * @param cursor {@link Listing#nextCursor} of the part before; empty for the first
 */
public record Paging(int limit, Optional<String> cursor) {
  public static final int MAX_LIMIT = PageRequest.MAX_LIMIT;

  public Paging {
    Objects.requireNonNull(cursor, "cursor");
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new InvalidInputException("limit", "must be 1 to " + MAX_LIMIT);
    }
  }
}
