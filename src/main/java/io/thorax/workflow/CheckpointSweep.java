package io.thorax.workflow;

import io.quarkus.runtime.StartupEvent;
import io.thorax.objectstore.ObjectAddress;
import io.thorax.objectstore.ObjectStore;
import io.thorax.objectstore.ObjectStoreConfig;
import io.thorax.objectstore.ObjectSummary;
import io.thorax.persistence.DatabaseBridge;
import io.thorax.persistence.WorkItem;
import io.thorax.persistence.WorkQueue;
import io.thorax.persistence.WorkState;
import io.thorax.study.Failure;
import io.thorax.training.KeptCheckpoints;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Deletes the checkpoints of trials that have ended: of one that has finished as soon as its row
 * says so, of one that was cancelled or has failed after a time in which it can be gone on with. It
 * goes by what lies in the store, so whatever a crash left behind is met the next time. What
 * belongs to no row stays: another database may know it.
 */
@ApplicationScoped
class CheckpointSweep {
  private static final Logger LOG = Logger.getLogger(CheckpointSweep.class);
  private static final Pattern KEY =
      Pattern.compile(
          StoredCheckpoints.RUNS
              + "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/(\\d{1,9})/([^/]+)");

  private final ObjectStore store;
  private final String bucket;
  private final Function<UUID, Optional<WorkItem>> items;
  private final Duration retention;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "thorax-checkpoint-sweep");
            thread.setDaemon(true);
            return thread;
          });

  @Inject
  CheckpointSweep(
      ObjectStore store,
      ObjectStoreConfig storeConfig,
      WorkQueue queue,
      DatabaseBridge database,
      WorkflowConfig config) {
    this(
        store,
        storeConfig.artifactsBucket(),
        id -> database.await(() -> queue.find(id)),
        config.checkpointRetention());
  }

  CheckpointSweep(
      ObjectStore store,
      String bucket,
      Function<UUID, Optional<WorkItem>> items,
      Duration retention) {
    this.store = store;
    this.bucket = bucket;
    this.items = items;
    this.retention = retention;
  }

  private record Trial(UUID run, int number) {}

  void start(@Observes StartupEvent started, ThoraxConfig process, WorkflowConfig config) {
    if (process.roles().contains(Role.TRAIN)) {
      long millis = config.checkpointSweepInterval().toMillis();
      var unused =
          timer.scheduleWithFixedDelay(
              this::sweepIfPossible, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  @PreDestroy
  void close() {
    timer.shutdownNow();
  }

  private void sweepIfPossible() {
    try {
      sweep();
    } catch (Failure.Transient | Failure.Rejected away) {
      LOG.debugf("checkpoints are swept another time: %s", away.getMessage());
    } catch (RuntimeException e) {
      LOG.warnf(e, "checkpoints could not be swept");
    }
  }

  /**
   * @throws Failure.Transient if the store or the database is away; the rest is left to the next
   *     sweep
   */
  void sweep() {
    checkpoints()
        .forEach(
            (trial, keys) -> {
              if (items
                  .apply(TrainTrial.item(trial.run(), trial.number()))
                  .filter(this::isOver)
                  .isPresent()) {
                keys.forEach(key -> store.delete(ObjectAddress.of(bucket, key)));
                LOG.infof(
                    "%d checkpoints of trial %d of run %s are deleted",
                    keys.size(), trial.number(), trial.run());
              }
            });
  }

  private Map<Trial, List<String>> checkpoints() {
    return store.list(bucket, StoredCheckpoints.RUNS).stream()
        .map(ObjectSummary::key)
        .map(KEY::matcher)
        .filter(key -> key.matches() && KeptCheckpoints.isCheckpoint(key.group(3)))
        .collect(
            Collectors.groupingBy(
                CheckpointSweep::trial,
                Collectors.mapping(key -> key.group(), Collectors.toList())));
  }

  private static Trial trial(Matcher key) {
    return new Trial(UUID.fromString(key.group(1)), Integer.parseInt(key.group(2)));
  }

  private boolean isOver(WorkItem item) {
    return item.state() == WorkState.FINISHED
        || item.state().ended()
            && item.finishedAt()
                .filter(end -> end.isBefore(Instant.now().minus(retention)))
                .isPresent();
  }
}
