package io.thorax.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.thorax.workflow.AssembleDataset;
import io.thorax.workflow.LongTask;
import io.thorax.workflow.Role;
import io.thorax.workflow.TaskRunner;
import io.thorax.workflow.ThoraxConfig;
import io.thorax.workflow.TrainTrial;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The workers of long tasks: a thread for each role of this process that has some. One task of a
 * kind at a time, since each takes all the processors there are.
 */
@ApplicationScoped
class WorkLoops {
  private static final Logger LOG = Logger.getLogger(WorkLoops.class);
  private static final int BEFORE_DRAINING = 0;

  private final TaskRunner runner;
  private final AssembleDataset assembly;
  private final TrainTrial training;
  private final EventPublisher publisher;
  private final OutcomeEvents events;
  private final ThoraxConfig process;
  private final MessagingConfig config;
  private final MeterRegistry meters;
  private final List<Thread> loops = new ArrayList<>();
  private volatile boolean closing;

  WorkLoops(
      TaskRunner runner,
      AssembleDataset assembly,
      TrainTrial training,
      EventPublisher publisher,
      OutcomeEvents events,
      ThoraxConfig process,
      MessagingConfig config,
      MeterRegistry meters) {
    this.meters = meters;
    this.runner = runner;
    this.assembly = assembly;
    this.training = training;
    this.publisher = publisher;
    this.events = events;
    this.process = process;
    this.config = config;
  }

  void start(@Observes StartupEvent started) {
    if (process.roles().contains(Role.DATASET)) {
      begin(assembly);
    }
    if (process.roles().contains(Role.TRAIN)) {
      begin(training);
    }
  }

  /**
   * Before batches in flight are waited for, so that tasks stop meanwhile: at their next step they
   * are given back, and another worker goes on.
   */
  void askToStop(@Observes @Priority(BEFORE_DRAINING) ShutdownEvent ended) {
    closing = true;
    runner.close();
  }

  /**
   * Waits for the step under way. A process that ended under a running step of TensorFlow would
   * tear down what the step computes on.
   */
  void stop(@Observes ShutdownEvent ended) throws InterruptedException {
    long deadline = System.nanoTime() + config.drainTimeout().toNanos();
    for (Thread loop : loops) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis > 0) {
        loop.join(millis);
      }
      if (loop.isAlive()) {
        LOG.warnf(
            "%s did not stop in time; its task is claimed when its lease ends", loop.getName());
      }
    }
  }

  private void begin(LongTask task) {
    runner.watch(task, meters);
    Thread loop = new Thread(() -> work(task), "thorax-" + task.kind());
    loop.setDaemon(true);
    loops.add(loop);
    loop.start();
  }

  private void work(LongTask task) {
    while (!closing) {
      try {
        Optional<TaskRunner.Ended> ended = runner.runNext(task);
        if (ended.isPresent()) {
          publisher.publish(events.event(ended.get().outcome())).await().indefinitely();
          runner.announced(ended.get());
        } else {
          pause(config.workPollInterval());
        }
      } catch (RuntimeException | LinkageError | AssertionError | VirtualMachineError e) {
        if (!closing) {
          LOG.errorf(e, "a %s could not be worked on", task.kind());
          pause(config.workPollInterval());
        }
      }
    }
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
