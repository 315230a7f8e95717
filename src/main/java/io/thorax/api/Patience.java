package io.thorax.api;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Waits for the servers behind Thorax on behalf of a client: on the request's event loop, as the
 * queries want it, and not for ever; then it is a 503.
 */
@Singleton
class Patience {
  private final ApiConfig config;
  private final Vertx vertx;

  Patience(ApiConfig config, Vertx vertx) {
    this.config = config;
    this.vertx = vertx;
  }

  <T> Uni<T> of(Supplier<Uni<T>> answer) {
    return Uni.createFrom()
        .deferred(() -> answer.get())
        .runSubscriptionOn(eventLoop())
        .ifNoItem()
        .after(config.patience())
        .fail();
  }

  private Executor eventLoop() {
    if (Context.isOnEventLoopThread()) {
      return Runnable::run;
    }
    Context context = vertx.getOrCreateContext();
    return task -> context.runOnContext(ignored -> task.run());
  }
}
