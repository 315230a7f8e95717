package io.thorax.messaging;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Lets any number of batches work together, or one record alone in the whole process. Whoever came
 * first goes first, so a record that is to be alone does not wait for ever behind new batches. Not
 * reentrant: nobody may ask for entry from inside.
 */
final class Gate {
  private record Waiting(boolean alone, UniEmitter<? super Void> emitter) {}

  private final Deque<Waiting> queue = new ArrayDeque<>();
  private int together;
  private boolean alone;

  /** Runs the work beside others. */
  <T> Uni<T> together(Supplier<Uni<T>> work) {
    return within(false, work);
  }

  /** Runs the work when all that runs has ended; nothing begins before it has ended too. */
  <T> Uni<T> alone(Supplier<Uni<T>> work) {
    return within(true, work);
  }

  private <T> Uni<T> within(boolean byItself, Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () ->
                entry(byItself)
                    .chain(
                        () ->
                            Uni.createFrom()
                                .deferred(() -> work.get())
                                .onTermination()
                                .invoke(() -> leave(byItself))));
  }

  /** Goes on where the caller came from: on its event loop, if it has one. */
  private Uni<Void> entry(boolean byItself) {
    Context caller = Vertx.currentContext();
    Executor backHome = task -> caller.runOnContext(ignored -> task.run());
    Uni<Void> entry = Uni.createFrom().emitter(emitter -> ask(new Waiting(byItself, emitter)));
    return caller == null ? entry : entry.emitOn(backHome);
  }

  private void ask(Waiting newcomer) {
    synchronized (this) {
      queue.add(newcomer);
    }
    admit();
  }

  private void leave(boolean byItself) {
    synchronized (this) {
      if (byItself) {
        alone = false;
      } else {
        together--;
      }
    }
    admit();
  }

  private void admit() {
    for (Waiting next = next(); next != null; next = next()) {
      next.emitter().complete(null);
    }
  }

  private synchronized Waiting next() {
    Waiting first = queue.peek();
    if (first == null || alone || (first.alone() && together > 0)) {
      return null;
    }
    if (first.alone()) {
      alone = true;
    } else {
      together++;
    }
    return queue.remove();
  }
}
