package io.thorax.persistence;

import java.util.Objects;

/**
 * The right to work on an item, until someone else claims it.
 *
 * @param token the fence: grows with every claim of the item. It may fence other writes as well, in
 *     the name of a checkpoint for instance
 */
public record Claim(WorkItem item, long token) {
  public Claim {
    Objects.requireNonNull(item, "item");
  }

  /** Whether the work itself has ended and only its announcement is due. */
  public boolean announceOnly() {
    return item.state().ended();
  }
}
