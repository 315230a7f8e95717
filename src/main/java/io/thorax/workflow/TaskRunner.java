package io.thorax.workflow;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.smallrye.mutiny.Uni;
import io.thorax.persistence.Claim;
import io.thorax.persistence.DatabaseBridge;
import io.thorax.persistence.Heartbeat;
import io.thorax.persistence.WorkItem;
import io.thorax.persistence.WorkQueue;
import io.thorax.persistence.WorkState;
import io.thorax.study.Failure;
import io.thorax.study.Outcome;
import io.thorax.training.LossNotFinite;
import io.thorax.workflow.Outages.Server;
import io.thorax.workflow.TaskControl.Stop;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Runs long tasks: claims one with a lease, keeps the lease by heartbeats, and ends it so that its
 * result is durable before anybody hears of it. A worker that dies stops its heartbeats, and
 * another claims the task; what was finished but not announced yet is announced again.
 */
@ApplicationScoped
public class TaskRunner {
  private static final Logger LOG = Logger.getLogger(TaskRunner.class);
  private static final int HEARTBEATS_IN_A_LEASE = 3;

  /** One for each kind of task, so that a slow answer to one costs the other nothing. */
  private static final int HEARTBEAT_THREADS = 2;

  private static final Duration RETRY_PAUSE = Duration.ofSeconds(5);
  private static final Duration DEPTH_INTERVAL = Duration.ofSeconds(15);

  private final WorkQueue queue;
  private final DatabaseBridge database;
  private final Outages outages;
  private final WorkflowConfig config;
  private final String owner = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
  private final Set<TaskControl> running = ConcurrentHashMap.newKeySet();

  /** Of no task: of the looking for one. */
  private final TaskControl lookout = new TaskControl(self -> {});

  private final ScheduledExecutorService heart =
      Executors.newScheduledThreadPool(
          HEARTBEAT_THREADS,
          task -> {
            Thread thread = new Thread(task, "thorax-heartbeat");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean closing;

  TaskRunner(WorkQueue queue, DatabaseBridge database, Outages outages, WorkflowConfig config) {
    this.queue = queue;
    this.database = database;
    this.outages = outages;
    this.config = config;
  }

  /** Shows how many tasks of a kind wait or run, in all processes together. */
  public void watch(LongTask task, MeterRegistry meters) {
    AtomicLong depth =
        meters.gauge("thorax.tasks.open", Tags.of("kind", task.kind()), new AtomicLong());
    var unused =
        heart.scheduleWithFixedDelay(
            () -> {
              try {
                depth.set(database.await(() -> queue.depth(task.kind())));
              } catch (RuntimeException e) {
                LOG.debugf("the depth of the queue is not known: %s", e.getMessage());
              }
            },
            0,
            DEPTH_INTERVAL.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** A task that has ended: to be published, then {@link #announced}. */
  public record Ended(Claim claim, Outcome outcome) {}

  /**
   * Claims a task and works on it to its end. Blocks meanwhile.
   *
   * @return empty if there is none, or it was left to another
   */
  public Optional<Ended> runNext(LongTask task) {
    if (closing) {
      return Optional.empty();
    }
    return claim(task).flatMap(claim -> run(task, claim));
  }

  private Optional<Claim> claim(LongTask task) {
    try {
      return outages.waitOutBlocking(
          Server.DATABASE,
          lookout,
          () ->
              database.await(
                  () -> queue.claim(task.kind(), owner, config.lease(), config.maxClaims())));
    } catch (TaskStopped closed) {
      return Optional.empty();
    }
  }

  /** The world has heard of it. */
  public void announced(Ended ended) {
    await(() -> queue.announced(ended.claim()));
  }

  private Optional<Ended> run(LongTask task, Claim claim) {
    TaskControl control = new TaskControl(self -> checkpointed(claim, self));
    running.add(control);
    if (closing) { // since the claim was asked for
      control.stop(Stop.CLOSING);
    }
    ScheduledFuture<?> beats = beat(claim, control);
    try {
      return claim.announceOnly()
          ? Optional.of(new Ended(claim, outcome(task, claim.item())))
          : work(task, claim, control);
    } finally {
      beats.cancel(false);
      running.remove(control);
    }
  }

  private Optional<Ended> work(LongTask task, Claim claim, TaskControl control) {
    if (control.stopRequested()) {
      return stopped(task, claim, control);
    }
    WorkItem item = claim.item();
    LOG.infof("%s %s begins, attempt %d", task.kind(), item.id(), item.attempts());
    String result;
    try {
      result = task.work(item, control);
    } catch (TaskStopped stopped) {
      return stopped(task, claim, control);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      return closing || control.stopRequested()
          ? stopped(task, claim, control)
          : failed(task, claim, control, e);
    }
    if (await(() -> queue.finish(claim, result))) {
      return Optional.of(new Ended(claim, succeeded(task, item, result)));
    }
    heartbeat(claim, control); // tells a cancelled task from a lost one
    return stopped(task, claim, control);
  }

  /** What can never succeed fails at once; the rest is tried again, from its last checkpoint. */
  private Optional<Ended> failed(LongTask task, Claim claim, TaskControl control, Throwable e) {
    WorkItem item = claim.item();
    int attempts = control.gotFurther() ? 1 : item.attempts();
    String cause = String.valueOf(e.getMessage());
    if (e instanceof Failure.Transient) {
      LOG.warnf("%s %s is put off: %s", task.kind(), item.id(), cause);
      await(() -> queue.release(claim, RETRY_PAUSE));
      return Optional.empty();
    }
    LOG.errorf(e, "%s %s has failed", task.kind(), item.id());
    if (!isFinal(e) && attempts < config.maxClaims()) {
      await(() -> queue.retry(claim, cause, RETRY_PAUSE));
      return Optional.empty();
    }
    boolean mine = await(() -> queue.fail(claim, cause));
    return mine ? Optional.of(new Ended(claim, task.failed(item, cause))) : lost(item);
  }

  private static boolean isFinal(Throwable e) {
    return e instanceof IllegalArgumentException
        || e instanceof Failure.Rejected
        || e.getCause() instanceof LossNotFinite;
  }

  private Optional<Ended> stopped(LongTask task, Claim claim, TaskControl control) {
    Stop reason = control.stopReason().orElse(closing ? Stop.CLOSING : Stop.LOST);
    LOG.infof("%s %s stops: %s", task.kind(), claim.item().id(), reason);
    switch (reason) {
      case CANCELLED:
        boolean mine = await(() -> queue.cancelled(claim));
        return mine
            ? Optional.of(new Ended(claim, task.failed(claim.item(), "cancelled")))
            : Optional.empty();
      case CLOSING:
        await(() -> queue.release(claim, Duration.ZERO));
        return Optional.empty();
      case LOST:
      default:
        return lost(claim.item());
    }
  }

  private static Optional<Ended> lost(WorkItem item) {
    LOG.warnf("%s %s is another worker's now", item.kind(), item.id());
    return Optional.empty();
  }

  private static Outcome outcome(LongTask task, WorkItem item) {
    return item.state() == WorkState.FINISHED
        ? succeeded(task, item, item.resultJson().orElseThrow())
        : task.failed(
            item, item.failure().orElse(item.state() == WorkState.CANCELLED ? "cancelled" : ""));
  }

  private static Outcome succeeded(LongTask task, WorkItem item, String resultJson) {
    task.settle(item, resultJson);
    return task.outcome(item, resultJson);
  }

  private ScheduledFuture<?> beat(Claim claim, TaskControl control) {
    long millis = config.lease().toMillis() / HEARTBEATS_IN_A_LEASE;
    return heart.scheduleWithFixedDelay(
        () -> heartbeat(claim, control), 0, millis, TimeUnit.MILLISECONDS);
  }

  private void heartbeat(Claim claim, TaskControl control) {
    try {
      Heartbeat answer =
          database.await(
              () ->
                  control
                      .latestProgress()
                      .map(progress -> queue.heartbeat(claim, progress, config.lease()))
                      .orElseGet(() -> queue.heartbeat(claim, config.lease())));
      if (answer == Heartbeat.LOST) {
        control.stop(Stop.LOST);
      } else if (answer == Heartbeat.CANCEL) {
        control.stop(Stop.CANCELLED);
      }
    } catch (Failure.Transient away) {
      LOG.debugf("no heartbeat: %s", away.getMessage());
    } catch (RuntimeException e) {
      LOG.error("a heartbeat failed", e);
    }
  }

  private void checkpointed(Claim claim, TaskControl control) {
    outages.waitOutBlocking(
        Server.DATABASE, control, () -> database.await(() -> queue.checkpointed(claim)));
  }

  private <T> T await(Supplier<Uni<T>> work) {
    return outages.waitOutBlocking(Server.DATABASE, () -> database.await(work));
  }

  /** The process ends: running tasks stop at their next step and are given back. */
  public void close() {
    closing = true;
    lookout.stop(Stop.CLOSING);
    running.forEach(control -> control.stop(Stop.CLOSING));
  }

  @PreDestroy
  void end() {
    close();
    heart.shutdownNow();
  }
}
