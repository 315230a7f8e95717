package io.thorax.workflow;

import io.thorax.persistence.WorkItem;
import io.thorax.persistence.WorkState;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Rows of the queue as tests need them. */
final class WorkItems {
  private WorkItems() {}

  /**
   * @param at when it came to its state
   */
  static WorkItem trial(UUID id, UUID run, int number, WorkState state, Instant at) {
    return new WorkItem(
        id,
        TrainTrial.KIND,
        Optional.of(run),
        number,
        "{}",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        state,
        false,
        false,
        Optional.empty(),
        at,
        at,
        state.ended() ? Optional.of(at) : Optional.empty());
  }
}
