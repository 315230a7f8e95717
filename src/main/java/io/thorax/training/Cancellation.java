package io.thorax.training;

/** Asked before each step whether the training shall end; thread-safe and quick. */
@FunctionalInterface
public interface Cancellation {
  /** Runs to the end. */
  Cancellation NEVER = () -> false;

  boolean isRequested();
}
