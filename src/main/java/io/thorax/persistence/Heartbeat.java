package io.thorax.persistence;

/** What the queue answers to a worker's sign of life. */
public enum Heartbeat {
  /** The item is the worker's for another lease. */
  MINE,
  /** It is the worker's, who is asked to stop: {@link WorkQueue#cancelled}. */
  CANCEL,
  /** It is another's or has ended: stop and write nothing more. */
  LOST
}
