package io.thorax.persistence;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;
import io.thorax.study.Failure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * The one bridge from blocking code to the repositories. Nobody else hops threads.
 *
 * <p>Each call runs on a fresh duplicate of an event-loop context, never on the caller's: a worker
 * of {@code executeBlocking} carries its caller's context with it, and a session must not be shared
 * with what goes on there. Thread-safe.
 */
@ApplicationScoped
public class DatabaseBridge {
  private final VertxInternal vertx;

  @Inject
  public DatabaseBridge(Vertx vertx) {
    this.vertx = (VertxInternal) vertx;
  }

  /**
   * Subscribes to the work on an event loop and waits for its answer.
   *
   * @param work is called on the event loop: it must not block
   * @throws Failure as the work failed; Transient if the waiting thread is interrupted (its flag
   *     stays set, the work goes on)
   * @throws IllegalStateException on an event loop, which must not wait
   */
  public <T> T await(Supplier<Uni<T>> work) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("an event loop must not wait: chain the Uni");
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    context()
        .runOnContext(
            started -> {
              try {
                work.get().subscribe().with(answer::complete, answer::completeExceptionally);
              } catch (RuntimeException | Error thrown) {
                answer.completeExceptionally(thrown);
              }
            });
    return answerOf(answer);
  }

  private Context context() {
    ContextInternal context = vertx.createEventLoopContext().duplicate();
    VertxContextSafetyToggle.setContextSafe(context, true);
    return context;
  }

  private static <T> T answerOf(CompletableFuture<T> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure.Transient("interrupted while waiting for the database", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw DatabaseErrors.sort(e.getCause());
    }
  }
}
