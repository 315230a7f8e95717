package io.thorax.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.thorax.objectstore.InMemoryObjectStore;
import io.thorax.objectstore.ObjectAddress;
import io.thorax.objectstore.ObjectStore;
import io.thorax.persistence.Claim;
import io.thorax.persistence.DatabaseBridge;
import io.thorax.persistence.Heartbeat;
import io.thorax.persistence.WorkItem;
import io.thorax.persistence.WorkQueue;
import io.thorax.persistence.WorkState;
import io.thorax.study.Outcome;
import io.thorax.study.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskRunnerTest {
  private static final WorkItem ITEM =
      WorkItems.trial(new UUID(0, 1), new UUID(0, 2), 0, WorkState.RUNNING, Instant.EPOCH);

  private final List<String> writes = new CopyOnWriteArrayList<>();
  private final Outages outages = new Outages(null);
  private final Queue queue = new Queue();
  private final TaskRunner runner = new TaskRunner(queue, new Bridge(), outages, config());

  @AfterEach
  void end() {
    runner.end();
  }

  @Test
  void aTaskClaimedWhileTheProcessEndsIsGivenBackUntouched() {
    queue.whileClaiming = runner::close;

    Optional<TaskRunner.Ended> ended = runner.runNext(task(control -> "{}"));

    assertEquals(Optional.empty(), ended);
    assertEquals(List.of("released after PT0S"), writes);
  }

  @Test
  void aProcessThatEndsClaimsNothing() {
    runner.close();
    assertEquals(Optional.empty(), runner.runNext(task(control -> "{}")));
    assertEquals(List.of(), writes);
  }

  @Test
  void aCancelIsHeardWhileTheStoreIsAway() {
    InMemoryObjectStore store = new InMemoryObjectStore("xrays");
    store.away();
    queue.heartbeat = Heartbeat.CANCEL;

    Optional<TaskRunner.Ended> ended =
        runner.runNext(
            task(
                control -> {
                  ObjectStore waiting = new WaitingStore(store, "thorax", outages, control);
                  return "" + waiting.exists(ObjectAddress.of("xrays", "a.png"));
                }));

    assertTrue(ended.orElseThrow().outcome() instanceof Outcome.RequestFailed);
    assertEquals(List.of("cancelled"), writes);
  }

  @Test
  void whatSucceedsIsFinishedAndAnnounced() {
    Optional<TaskRunner.Ended> ended = runner.runNext(task(control -> "{\"done\":1}"));
    runner.announced(ended.orElseThrow());
    assertEquals(List.of("finished {\"done\":1}", "announced"), writes);
  }

  private static WorkflowConfig config() {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .addDefaultInterceptors()
        .withMapping(WorkflowConfig.class)
        .build()
        .getConfigMapping(WorkflowConfig.class);
  }

  private static LongTask task(Function<TaskControl, String> work) {
    return new LongTask() {
      @Override
      public String kind() {
        return TrainTrial.KIND;
      }

      @Override
      public String work(WorkItem item, TaskControl control) {
        return work.apply(control);
      }

      @Override
      public Outcome outcome(WorkItem item, String resultJson) {
        return failed(item, "none");
      }

      @Override
      public Outcome failed(WorkItem item, String cause) {
        return new Outcome.RequestFailed(
            new RequestId("/test", "request"), "training.requested", cause, false);
      }
    };
  }

  /** One item, and what becomes of it. */
  private final class Queue extends WorkQueue {
    private Runnable whileClaiming = () -> {};
    private volatile Heartbeat heartbeat = Heartbeat.MINE;

    Queue() {
      super(null);
    }

    @Override
    public Uni<Optional<Claim>> claim(String kind, String owner, Duration lease, int maxAttempts) {
      whileClaiming.run();
      return Uni.createFrom().item(Optional.of(new Claim(ITEM, 1)));
    }

    @Override
    public Uni<Heartbeat> heartbeat(Claim claim, Duration lease) {
      return Uni.createFrom().item(heartbeat);
    }

    @Override
    public Uni<Boolean> finish(Claim claim, String resultJson) {
      return written("finished " + resultJson);
    }

    @Override
    public Uni<Boolean> cancelled(Claim claim) {
      return written("cancelled");
    }

    @Override
    public Uni<Boolean> announced(Claim claim) {
      return written("announced");
    }

    @Override
    public Uni<Boolean> release(Claim claim, Duration pause) {
      return written("released after " + pause);
    }

    private Uni<Boolean> written(String what) {
      writes.add(what);
      return Uni.createFrom().item(true);
    }
  }

  private static final class Bridge extends DatabaseBridge {
    Bridge() {
      super(null);
    }

    @Override
    public <T> T await(Supplier<Uni<T>> work) {
      return work.get().await().indefinitely();
    }
  }
}
