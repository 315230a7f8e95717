package io.thorax.workflow;

import io.smallrye.mutiny.Uni;
import io.thorax.study.Failure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Waits out the outages of the servers that the work needs: backs off from 200 ms to 5 s, for ever,
 * and never drops anything. Only {@link Failure.Transient} is waited out; every other failure
 * passes at once. While a server is away the process says so and is not ready.
 */
@ApplicationScoped
public class Outages {
  private static final Logger LOG = Logger.getLogger(Outages.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** The servers that Thorax cannot work without. */
  public enum Server {
    KAFKA,
    DATABASE,
    OBJECT_STORE
  }

  private final Set<Server> away = Collections.synchronizedSet(EnumSet.noneOf(Server.class));
  private final Vertx vertx;
  private volatile boolean closing;

  Outages(Vertx vertx) {
    this.vertx = vertx;
  }

  /** The servers that did not answer the last time they were asked. */
  public Set<Server> away() {
    synchronized (away) {
      return Set.copyOf(away);
    }
  }

  /**
   * Repeats an asynchronous action until it succeeds or fails for another reason than an outage. It
   * runs on the caller's event loop, or on one of Vert.x if the caller has none.
   */
  public <T> Uni<T> waitOut(Server server, Supplier<Uni<T>> action) {
    return Uni.createFrom()
        .deferred(() -> action.get())
        .runSubscriptionOn(eventLoop())
        .invoke(() -> answered(server))
        .onFailure()
        .invoke(failure -> noted(server, failure))
        .onFailure(failure -> failure instanceof Failure.Transient && !closing)
        .retry()
        .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
        .indefinitely()
        .onCancellation()
        .invoke(() -> nobodyWaits(server));
  }

  /**
   * The same for blocking code.
   *
   * @throws Failure.Transient if the process is closing, or the waiting thread is interrupted
   */
  public <T> T waitOutBlocking(Server server, Supplier<T> action) {
    return waitOutBlocking(server, action, Outages::sleep);
  }

  /**
   * The same for a long task, whose waiting ends as soon as it is to stop.
   *
   * @throws TaskStopped if the task is to stop while the server is away
   * @throws Failure.Transient if the process is closing, or the waiting thread is interrupted
   */
  <T> T waitOutBlocking(Server server, TaskControl task, Supplier<T> action) {
    return waitOutBlocking(
        server,
        action,
        pause -> {
          if (task.stopsWithin(pause)) {
            throw new TaskStopped("stopped while waiting for " + server);
          }
        });
  }

  /** What happens between two attempts; interrupted, or by an exception, it ends the waiting. */
  private interface Pause {
    void last(Duration pause) throws InterruptedException;
  }

  private <T> T waitOutBlocking(Server server, Supplier<T> action, Pause between) {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        T result = action.get();
        answered(server);
        return result;
      } catch (RuntimeException failure) {
        noted(server, failure);
        if (!(failure instanceof Failure.Transient outage)) {
          throw failure;
        }
        pause(between, pause, server, outage);
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
      }
    }
  }

  private void pause(Pause between, Duration pause, Server server, Failure.Transient failure) {
    boolean waitsOn = false;
    try {
      if (closing) {
        throw failure;
      }
      between.last(pause);
      waitsOn = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    } finally {
      if (!waitsOn) {
        nobodyWaits(server);
      }
    }
  }

  @PreDestroy
  void close() {
    closing = true;
  }

  private void answered(Server server) {
    if (away.remove(server)) {
      LOG.infof("%s answers again", server);
    }
  }

  private void noted(Server server, Throwable failure) {
    if (!(failure instanceof Failure.Transient)) {
      nobodyWaits(server);
    } else if (away.add(server)) {
      LOG.warnf("%s is away, waiting: %s", server, failure.getMessage());
    }
  }

  /** Whoever still waits marks it again. */
  private void nobodyWaits(Server server) {
    away.remove(server);
  }

  private static void sleep(Duration pause) throws InterruptedException {
    Thread.sleep(pause.toMillis());
  }

  /**
   * Repositories want an event loop: the caller's, or one of our own for callers that have none.
   */
  private Executor eventLoop() {
    Context current = Vertx.currentContext();
    Context context =
        current != null && current.isEventLoopContext()
            ? current
            : ((VertxInternal) vertx).createEventLoopContext();
    return task -> context.runOnContext(ignored -> task.run());
  }
}
