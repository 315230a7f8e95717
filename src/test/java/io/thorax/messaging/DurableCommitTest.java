package io.thorax.messaging;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DurableCommitTest {
  private static final TopicPartition FIRST = new TopicPartition("xray.uploaded", 0);
  private static final TopicPartition SECOND = new TopicPartition("xray.uploaded", 1);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final MockConsumer<String, byte[]> broker = new MockConsumer<>("earliest");

  @BeforeEach
  void assign() {
    broker.assign(List.of(FIRST, SECOND));
  }

  @Test
  void whatIsHandledIsCommitted() {
    DurableCommit commit = commit(LONG);
    receive(commit, FIRST, 4);
    assertEquals(Optional.empty(), committed(FIRST));
    handle(commit, FIRST, 4);
    assertEquals(Optional.of(5L), committed(FIRST));
  }

  @Test
  void anAcknowledgementThatIsRepeatedTakesNothingBack() {
    DurableCommit commit = commit(LONG);
    for (long offset : new long[] {4, 9}) {
      receive(commit, FIRST, offset);
      handle(commit, FIRST, offset);
    }
    handle(commit, FIRST, 4);
    assertEquals(Optional.of(10L), committed(FIRST));
  }

  @Test
  void partitionsAreCommittedEachByItself() {
    DurableCommit commit = commit(LONG);
    receive(commit, FIRST, 4);
    receive(commit, SECOND, 7);
    handle(commit, SECOND, 7);
    assertEquals(Optional.empty(), committed(FIRST));
    assertEquals(Optional.of(8L), committed(SECOND));
  }

  @Test
  void aPartitionLeavesOnlyAfterItsBatchInFlight() throws InterruptedException {
    DurableCommit commit = commit(LONG);
    receive(commit, FIRST, 4);
    Thread polling = new Thread(() -> commit.partitionsRevoked(List.of(FIRST)));
    polling.start();
    await().until(() -> polling.getState() == Thread.State.TIMED_WAITING);
    assertEquals(Optional.empty(), committed(FIRST));
    handle(commit, FIRST, 4);
    polling.join();
    assertEquals(Optional.of(5L), committed(FIRST));
  }

  @Test
  void aPartitionLeavesWithoutTheBatchOfAnother() {
    DurableCommit commit = commit(LONG);
    receive(commit, FIRST, 4);
    receive(commit, SECOND, 7);
    handle(commit, FIRST, 4);
    commit.partitionsRevoked(List.of(FIRST));
    handle(commit, SECOND, 7);
    assertEquals(Optional.of(8L), committed(SECOND));
  }

  /** Another has it by then, and may be further. */
  @Test
  void aBatchThatEndsAfterItsPartitionHasLeftIsNotCommitted() {
    DurableCommit commit = commit(Duration.ZERO);
    receive(commit, FIRST, 4);
    commit.partitionsRevoked(List.of(FIRST));
    handle(commit, FIRST, 4);
    assertEquals(Optional.empty(), committed(FIRST));
  }

  @Test
  void aPartitionThatComesBackIsCommittedAgain() {
    DurableCommit commit = commit(Duration.ZERO);
    receive(commit, FIRST, 4);
    commit.partitionsRevoked(List.of(FIRST));
    receive(commit, FIRST, 4);
    handle(commit, FIRST, 4);
    assertEquals(Optional.of(5L), committed(FIRST));
  }

  @Test
  void anOrderlyEndCommitsWhatWasHandledMeanwhile() throws InterruptedException {
    DurableCommit commit = commit(LONG);
    receive(commit, FIRST, 4);
    Thread end = new Thread(() -> commit.terminate(true));
    end.start();
    await().until(() -> end.getState() == Thread.State.TIMED_WAITING);
    handle(commit, FIRST, 4);
    end.join();
    assertEquals(Optional.of(5L), committed(FIRST));
  }

  private DurableCommit commit(Duration drainTimeout) {
    return new DurableCommit(
        consumer(), drainTimeout, new Drain(new FixedMessagingConfig(drainTimeout)));
  }

  /** SmallRye's consumer as far as commits go, on Kafka's own mock; answers at once. */
  @SuppressWarnings("unchecked")
  private KafkaConsumer<String, byte[]> consumer() {
    return (KafkaConsumer<String, byte[]>)
        Proxy.newProxyInstance(
            KafkaConsumer.class.getClassLoader(),
            new Class<?>[] {KafkaConsumer.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "unwrap" -> broker;
                  case "commit", "commitAsync" -> {
                    broker.commitSync((Map<TopicPartition, OffsetAndMetadata>) arguments[0]);
                    yield Uni.createFrom().voidItem();
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private Optional<Long> committed(TopicPartition partition) {
    return Optional.ofNullable(broker.committed(Set.of(partition)).get(partition))
        .map(OffsetAndMetadata::offset);
  }

  private static void receive(DurableCommit commit, TopicPartition partition, long offset) {
    commit.received(incoming(partition, offset)).await().indefinitely();
  }

  private static void handle(DurableCommit commit, TopicPartition partition, long offset) {
    commit.handle(incoming(partition, offset)).await().indefinitely();
  }

  private static IncomingKafkaRecord<String, byte[]> incoming(
      TopicPartition partition, long offset) {
    return new IncomingKafkaRecord<>(
        new ConsumerRecord<>(partition.topic(), partition.partition(), offset, "key", new byte[0]),
        "channel",
        0,
        null,
        null,
        false,
        false);
  }
}
