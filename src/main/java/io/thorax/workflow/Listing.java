package io.thorax.workflow;

import io.smallrye.mutiny.Uni;
import io.thorax.persistence.Page;
import io.thorax.persistence.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One part of a long list, latest first.
 *
 * @param nextCursor for the part after; empty on the last
 */
public record Listing<T>(List<T> items, Optional<String> nextCursor) {
  public Listing {
    items = List.copyOf(items);
  }

  public <R> Listing<R> map(Function<T, R> each) {
    return new Listing<>(items.stream().map(each).toList(), nextCursor);
  }

  /**
   * @throws InvalidInputException if the cursor is none, or belongs to another list
   */
  static <R, T> Uni<Listing<T>> of(
      Paging paging, Function<PageRequest, Uni<Page<R>>> query, Function<R, T> each) {
    try {
      return query
          .apply(new PageRequest(paging.limit(), paging.cursor()))
          .map(page -> new Listing<>(page.items(), page.nextCursor()).map(each));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("cursor", "not one that this list has given", e);
    }
  }
}
