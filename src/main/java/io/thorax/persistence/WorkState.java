package io.thorax.persistence;

/** Where a piece of long work, or a whole run, stands. */
public enum WorkState {
  WAITING,
  RUNNING,
  FINISHED,
  FAILED,
  CANCELLED;

  /** Whether nothing more is to be done but to say so. */
  public boolean ended() {
    return this == FINISHED || this == FAILED || this == CANCELLED;
  }
}
