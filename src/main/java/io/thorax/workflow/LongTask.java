package io.thorax.workflow;

import io.thorax.persistence.WorkItem;
import io.thorax.study.Outcome;

/**
 * A kind of work that takes minutes to hours. A worker that dies leaves it to another, so the same
 * item may be worked on twice; its result must not depend on that.
 */
public interface LongTask {

  /** Of the queue's items. */
  String kind();

  /**
   * Blocks for as long as it takes.
   *
   * @return what {@link #outcome} makes the outcome of, as JSON
   * @throws TaskStopped when asked to stop
   * @throws RuntimeException if it can never succeed
   */
  String work(WorkItem item, TaskControl control);

  /**
   * What the success changes for the world, done behind the fence and before it is announced. It
   * may be done again after a crash.
   */
  default void settle(WorkItem item, String resultJson) {}

  /** Of an item that has succeeded. */
  Outcome outcome(WorkItem item, String resultJson);

  /** Of an item that has failed or was cancelled. */
  Outcome failed(WorkItem item, String cause);
}
