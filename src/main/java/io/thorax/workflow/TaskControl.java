package io.thorax.workflow;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Between a task and those who watch it. Thread-safe. */
public final class TaskControl {

  /** Why a task is to stop. */
  enum Stop {
    /** Somebody cancelled it. */
    CANCELLED,
    /** Another worker has it now. */
    LOST,
    /** The process ends; another goes on. */
    CLOSING
  }

  private final Runnable checkpointed;
  private final AtomicReference<Stop> stop = new AtomicReference<>();
  private final AtomicReference<String> progress = new AtomicReference<>();

  TaskControl(Runnable checkpointed) {
    this.checkpointed = checkpointed;
  }

  /**
   * What was done so far is durable: should the task take its worker down now, it is for something
   * new.
   */
  void checkpointed() {
    checkpointed.run();
  }

  /** Asked often by the task, which throws {@link TaskStopped} then. */
  public boolean stopRequested() {
    return stop.get() != null;
  }

  /** Where the task stands, as JSON, stored with the next heartbeat. */
  public void progress(String json) {
    progress.set(json);
  }

  void stop(Stop reason) {
    stop.compareAndSet(null, reason);
  }

  Optional<Stop> stopReason() {
    return Optional.ofNullable(stop.get());
  }

  Optional<String> latestProgress() {
    return Optional.ofNullable(progress.get());
  }
}
