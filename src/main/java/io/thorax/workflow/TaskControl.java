package io.thorax.workflow;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

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

  private final Consumer<TaskControl> checkpointed;
  private final AtomicReference<Stop> stop = new AtomicReference<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicReference<String> progress = new AtomicReference<>();
  private volatile boolean further;

  /**
   * @param checkpointed records that the task has got further; it may wait, and hear of a stop
   */
  TaskControl(Consumer<TaskControl> checkpointed) {
    this.checkpointed = checkpointed;
  }

  /**
   * What was done so far is durable: should the task take its worker down now, it is for something
   * new.
   */
  void checkpointed() {
    checkpointed.accept(this);
    further = true;
  }

  /** Whether it got further than its last attempt, so that what fails now is something new. */
  boolean gotFurther() {
    return further;
  }

  /** Asked often by the task, which throws {@link TaskStopped} then. */
  public boolean stopRequested() {
    return stop.get() != null;
  }

  /** Where the task stands, as JSON, stored with the next heartbeat. */
  public void progress(String json) {
    progress.set(json);
  }

  /** Waits for so long, or until the task is to stop: true then. */
  boolean stopsWithin(Duration duration) throws InterruptedException {
    return stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The first reason stands. */
  void stop(Stop reason) {
    if (stop.compareAndSet(null, reason)) {
      stopping.countDown();
    }
  }

  Optional<Stop> stopReason() {
    return Optional.ofNullable(stop.get());
  }

  Optional<String> latestProgress() {
    return Optional.ofNullable(progress.get());
  }
}
