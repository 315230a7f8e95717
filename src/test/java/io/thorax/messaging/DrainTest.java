package io.thorax.messaging;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrainTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final AtomicInteger begun = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theEndWaitsForTheBatchInFlightHoweverItEnds(boolean well) throws InterruptedException {
    Drain drain = drain(LONG);
    CompletableFuture<Void> batch = begin(drain);
    Thread end = new Thread(() -> close(drain));
    end.start();
    await().until(() -> end.getState() == Thread.State.TIMED_WAITING);
    if (well) {
      batch.complete(null);
    } else {
      batch.completeExceptionally(new IllegalStateException("as planned"));
    }
    end.join();
    assertTrue(drain.closed());
  }

  @Test
  void theEndWaitsNoLongerThanItMay() {
    Drain drain = drain(Duration.ofMillis(1));
    CompletableFuture<Void> batch = begin(drain);
    close(drain);
    assertFalse(batch.isDone());
  }

  @Test
  void batchesThatHaveEndedAreNotWaitedFor() {
    Drain drain = drain(LONG);
    begin(drain).complete(null);
    begin(drain).complete(null);
    close(drain);
    assertEquals(2, begun.get());
  }

  @Test
  void noBatchBeginsOnceTheEndIsNoticed() {
    Drain drain = drain(LONG);
    close(drain);
    begin(drain);
    assertEquals(0, begun.get());
  }

  private CompletableFuture<Void> begin(Drain drain) {
    CompletableFuture<Void> work = new CompletableFuture<>();
    drain
        .guard(
            () -> {
              begun.incrementAndGet();
              return Uni.createFrom().completionStage(work);
            })
        .subscribe()
        .with(done -> {}, failed -> {});
    return work;
  }

  private static Drain drain(Duration timeout) {
    return new Drain(new FixedMessagingConfig(timeout));
  }

  private static void close(Drain drain) {
    try {
      drain.close(new ShutdownEvent());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
