package io.thorax.messaging;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Lets the batches in flight end before the process does. Quarkus closes the database's connections
 * before the channels; a batch that met that would wait for the database to the end of its time and
 * be read again elsewhere. So the process's end is noticed first: no batch begins any more, and
 * those that have begun are waited for while everything they need is still there.
 */
@ApplicationScoped
class Drain {
  private static final Logger LOG = Logger.getLogger(Drain.class);
  private static final int BEFORE_ALL_OTHERS = 1;

  private final MessagingConfig config;
  private int inFlight;
  private boolean closed;

  Drain(MessagingConfig config) {
    this.config = config;
  }

  /** A batch's work from its begin to its acknowledgement; never done if the process ends. */
  Uni<Void> guard(Supplier<Uni<Void>> batch) {
    return Uni.createFrom()
        .deferred(
            () ->
                enter()
                    ? batch.get().onTermination().invoke(this::leave)
                    : Uni.createFrom().nothing());
  }

  /** Whether nothing begins any more: what is not done now will be read again. */
  synchronized boolean closed() {
    return closed;
  }

  synchronized void close(@Observes @Priority(BEFORE_ALL_OTHERS) ShutdownEvent ended)
      throws InterruptedException {
    closed = true;
    long deadline = System.nanoTime() + config.drainTimeout().toNanos();
    while (inFlight > 0) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        LOG.warnf("%d batches did not end in time; they will be read again", inFlight);
        return;
      }
      wait(millis);
    }
  }

  private synchronized boolean enter() {
    if (closed) {
      return false;
    }
    inFlight++;
    return true;
  }

  private synchronized void leave() {
    inFlight--;
    notifyAll();
  }
}
