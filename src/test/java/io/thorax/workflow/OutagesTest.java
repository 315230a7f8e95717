package io.thorax.workflow;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import io.thorax.workflow.Outages.Server;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutagesTest {
  private static Vertx vertx;

  private final Outages outages = new Outages(vertx);
  private final Scripted server = new Scripted();

  @BeforeAll
  static void startVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stopVertx() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** How an outage is waited out. */
  enum Way {
    BLOCKING {
      @Override
      String call(Outages outages, Supplier<String> action) {
        return outages.waitOutBlocking(Server.OBJECT_STORE, action);
      }
    },
    ASYNCHRONOUS {
      @Override
      String call(Outages outages, Supplier<String> action) {
        return outages
            .waitOut(Server.OBJECT_STORE, () -> Uni.createFrom().item(action))
            .await()
            .indefinitely();
      }
    };

    abstract String call(Outages outages, Supplier<String> action);
  }

  @ParameterizedTest
  @EnumSource
  void anOutageIsWaitedOut(Way way) {
    server.failNext(away(), away());
    assertEquals("answer", way.call(outages, server));
    assertEquals(3, server.calls());
    assertEquals(Set.of(), outages.away());
  }

  @ParameterizedTest
  @EnumSource
  void anyOtherFailurePassesAtOnce(Way way) {
    for (RuntimeException failure : others()) {
      server.failNext(failure);
      int before = server.calls();
      assertSame(failure, assertThrows(RuntimeException.class, () -> way.call(outages, server)));
      assertEquals(before + 1, server.calls());
      assertEquals(Set.of(), outages.away());
    }
  }

  /** Readiness asks who is away: a server that refuses is not. */
  @ParameterizedTest
  @EnumSource
  void anOutageThatEndsInARefusalIsOver(Way way) {
    for (RuntimeException failure : others()) {
      server.failNext(away(), failure);
      assertSame(failure, assertThrows(RuntimeException.class, () -> way.call(outages, server)));
      assertEquals(Set.of(), outages.away());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerIsAwayWhileItIsWaitedFor(Way way) {
    server.failAlways();
    CompletableFuture<String> waiting =
        CompletableFuture.supplyAsync(() -> way.call(outages, server));
    await().until(() -> outages.away().equals(Set.of(Server.OBJECT_STORE)));
    server.recover();
    assertEquals("answer", waiting.join());
    assertEquals(Set.of(), outages.away());
  }

  @ParameterizedTest
  @EnumSource
  void theEndOfTheProcessEndsTheWaiting(Way way) {
    server.failAlways();
    CompletableFuture<String> waiting =
        CompletableFuture.supplyAsync(() -> way.call(outages, server));
    await().until(() -> server.calls() > 0);
    outages.close();
    CompletionException end = assertThrows(CompletionException.class, waiting::join);
    assertEquals(Failure.Transient.class, end.getCause().getClass());
  }

  @Test
  void nobodyWaitsForAServerThatNobodyAsksAnyMore() {
    server.failAlways();
    Cancellable waiting =
        outages
            .waitOut(Server.KAFKA, () -> Uni.createFrom().item(server))
            .subscribe()
            .with(answer -> {}, failure -> {});
    await().until(() -> outages.away().contains(Server.KAFKA));
    waiting.cancel();
    await().until(() -> outages.away().isEmpty());
  }

  @Test
  void anInterruptEndsTheWaitingOfBlockingCode() throws InterruptedException {
    server.failAlways();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread worker =
        new Thread(
            () -> {
              try {
                outages.waitOutBlocking(Server.DATABASE, server);
              } catch (Failure.Transient e) {
                interrupted.complete(Thread.currentThread().isInterrupted());
              }
            });
    worker.start();
    await().until(() -> worker.getState() == Thread.State.TIMED_WAITING);
    worker.interrupt();
    worker.join();
    assertEquals(true, interrupted.join());
  }

  @Test
  void asynchronousWorkRunsOnAnEventLoop() throws ExecutionException, InterruptedException {
    boolean onEventLoop =
        outages
            .waitOut(Server.DATABASE, () -> Uni.createFrom().item(Vertx.currentContext()))
            .map(context -> context != null && context.isEventLoopContext())
            .subscribeAsCompletionStage()
            .get();
    assertEquals(true, onEventLoop);
  }

  private static RuntimeException[] others() {
    return new RuntimeException[] {
      new Failure.Rejected(RejectReason.NOT_FOUND, "no such object"),
      new Failure.Poison("a defect"),
      new IllegalStateException("a defect")
    };
  }

  private static Failure.Transient away() {
    return new Failure.Transient("the server is away", null);
  }

  /** Answers, unless it was told to fail. */
  private static final class Scripted implements Supplier<String> {
    private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean failing;

    void failNext(RuntimeException... next) {
      failures.addAll(List.of(next));
    }

    void failAlways() {
      failing = true;
    }

    void recover() {
      failing = false;
    }

    int calls() {
      return calls.get();
    }

    @Override
    public String get() {
      calls.incrementAndGet();
      RuntimeException failure = failing ? away() : failures.poll();
      if (failure != null) {
        throw failure;
      }
      return "answer";
    }
  }
}
