package io.thorax.messaging;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Commits an offset when its batch is acknowledged, which is when its rows and events are durable,
 * and hands partitions over cleanly: when the group takes one away, or the process ends, the batch
 * in flight is finished and committed first. So a rebalance repeats nothing; only a crash does, and
 * at most the batches that were in flight.
 *
 * <p>SmallRye's own strategies commit either later (throttled: every five seconds) or without
 * waiting for what is in flight when a partition leaves (latest).
 */
final class DurableCommit implements KafkaCommitHandler {
  private static final Logger LOG = Logger.getLogger(DurableCommit.class);
  private static final long NONE = -1;

  /** After how long the end of the process is noticed in the midst of a rebalance. */
  private static final long NOTICE_MILLIS = 200;

  /** Made by name: {@code commit-strategy: durable}. */
  @ApplicationScoped
  @Identifier("durable")
  static class Factory implements KafkaCommitHandler.Factory {
    private final MessagingConfig config;
    private final Drain drain;

    Factory(MessagingConfig config, Drain drain) {
      this.config = config;
      this.drain = drain;
    }

    @Override
    public KafkaCommitHandler create(
        KafkaConnectorIncomingConfiguration channel,
        Vertx vertx,
        KafkaConsumer<?, ?> consumer,
        BiConsumer<Throwable, Boolean> reportFailure) {
      return new DurableCommit(consumer, config.drainTimeout(), drain);
    }
  }

  private static final class Progress {
    long received = NONE;
    long handled = NONE;

    boolean inFlight() {
      return received > handled;
    }
  }

  private final KafkaConsumer<?, ?> consumer;
  private final Duration drainTimeout;
  private final Drain drain;
  private final Map<TopicPartition, Progress> progress = new HashMap<>();
  private final Set<TopicPartition> leaving = new HashSet<>();

  DurableCommit(KafkaConsumer<?, ?> consumer, Duration drainTimeout, Drain drain) {
    this.consumer = consumer;
    this.drainTimeout = drainTimeout;
    this.drain = drain;
  }

  @Override
  public <K, V> Uni<IncomingKafkaRecord<K, V>> received(IncomingKafkaRecord<K, V> last) {
    synchronized (this) {
      progress.computeIfAbsent(partition(last), p -> new Progress()).received = last.getOffset();
    }
    return Uni.createFrom().item(last);
  }

  @Override
  public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> last) {
    TopicPartition partition = partition(last);
    long next;
    synchronized (this) {
      Progress mine = progress.get(partition);
      if (mine == null) {
        return Uni.createFrom().voidItem(); // handed over long ago, after the drain timed out
      }
      mine.handled = Math.max(mine.handled, last.getOffset());
      next = mine.handled + 1;
      notifyAll();
      if (leaving.contains(partition)) {
        return Uni.createFrom().voidItem(); // whoever waits for it commits it
      }
    }
    commit(partition, next);
    return Uni.createFrom().voidItem();
  }

  /** On the polling thread, which must not give the partitions away before they are settled. */
  @Override
  public void partitionsRevoked(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> settled = drain(partitions);
    if (!settled.isEmpty()) {
      try {
        consumer.unwrap().commitSync(settled, drainTimeout);
      } catch (KafkaException e) {
        LOG.warnf("offsets %s were not committed on leaving: %s", settled, e.getMessage());
      }
    }
    synchronized (this) {
      partitions.forEach(progress::remove);
      leaving.removeAll(partitions);
    }
  }

  @Override
  public void terminate(boolean graceful) {
    if (graceful) {
      Set<TopicPartition> mine;
      synchronized (this) {
        mine = Set.copyOf(progress.keySet());
      }
      Map<TopicPartition, OffsetAndMetadata> settled = drain(mine);
      if (!settled.isEmpty()) {
        consumer
            .commit(settled)
            .onFailure()
            .invoke(
                e ->
                    LOG.warnf(
                        "offsets %s were not committed at the end: %s", settled, e.getMessage()))
            .onFailure()
            .recoverWithNull()
            .await()
            .atMost(drainTimeout);
      }
    }
  }

  /** Waits for the batches in flight; what was handled in each partition, to be committed. */
  private synchronized Map<TopicPartition, OffsetAndMetadata> drain(
      Collection<TopicPartition> partitions) {
    leaving.addAll(partitions);
    long deadline = System.nanoTime() + drainTimeout.toNanos();
    while (!drain.closed() && partitions.stream().anyMatch(this::inFlight)) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        LOG.warnf("a batch of %s was still in flight; it will be read again", partitions);
        break;
      }
      try {
        wait(Math.min(millis, NOTICE_MILLIS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    Map<TopicPartition, OffsetAndMetadata> settled = new HashMap<>();
    for (TopicPartition partition : partitions) {
      Progress mine = progress.get(partition);
      if (mine != null && mine.handled != NONE) {
        settled.put(partition, new OffsetAndMetadata(mine.handled + 1));
      }
    }
    return settled;
  }

  private boolean inFlight(TopicPartition partition) {
    Progress mine = progress.get(partition);
    return mine != null && mine.inFlight();
  }

  /**
   * Does not wait: the commit queues behind the poll under way, and what is to be committed is
   * durable already. One that fails is made good by the next.
   */
  private void commit(TopicPartition partition, long next) {
    consumer
        .commitAsync(Map.of(partition, new OffsetAndMetadata(next)))
        .subscribe()
        .with(
            done -> {},
            e ->
                LOG.warnf(
                    "offset %d of %s was not committed; the next one will be: %s",
                    next, partition, e.getMessage()));
  }

  private static TopicPartition partition(IncomingKafkaRecord<?, ?> last) {
    return new TopicPartition(last.getTopic(), last.getPartition());
  }
}
