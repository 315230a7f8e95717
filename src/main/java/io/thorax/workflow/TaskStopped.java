package io.thorax.workflow;

/** A task ended before its time because it was asked to. */
final class TaskStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TaskStopped(String message) {
    super(message);
  }
}
