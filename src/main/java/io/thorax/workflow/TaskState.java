package io.thorax.workflow;

import io.thorax.persistence.WorkState;
import java.util.Locale;

/** Where a piece of long work stands. */
public enum TaskState {
  WAITING,
  RUNNING,
  FINISHED,
  FAILED,
  CANCELLED;

  static TaskState of(WorkState state) {
    return valueOf(state.name());
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The inverse of {@link #wireName}.
   *
   * @throws IllegalArgumentException if no state has that name
   */
  public static TaskState ofWireName(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}
