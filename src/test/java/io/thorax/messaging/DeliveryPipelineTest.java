package io.thorax.messaging;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.thorax.persistence.InMemoryDeliveries;
import io.thorax.persistence.Position;
import io.thorax.study.Failure;
import io.thorax.study.Outcome;
import io.thorax.study.RequestId;
import io.thorax.workflow.Outages;
import io.thorax.workflow.Result;
import io.thorax.workflow.WorkflowFixtures;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryPipelineTest {
  private static final String GROUP = "group";
  private static final String TOPIC = "xray.uploaded";
  private static final String ACKNOWLEDGED = "acknowledged";
  private static final String UNREADABLE = "unreadable";
  private static Vertx vertx;

  private final InMemoryDeliveries deliveries = new InMemoryDeliveries();

  /** What happened, in its order: reports and dead letters by their Kafka key, and the end. */
  private final List<String> happened = new CopyOnWriteArrayList<>();

  private final List<List<String>> attempts = new CopyOnWriteArrayList<>();
  private final List<Headers> deadLetters = new CopyOnWriteArrayList<>();
  private final Set<String> poisonous = new HashSet<>();
  private CompletableFuture<Void> broker = CompletableFuture.completedFuture(null);
  private DeliveryPipeline pipeline;

  @BeforeAll
  static void startVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stopVertx() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @BeforeEach
  void open() {
    Outages outages = WorkflowFixtures.outages(vertx);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    MessagingConfig config = new FixedMessagingConfig(Duration.ofMinutes(1));
    EventPublisher publisher = new EventPublisher(emitter(), outages, meters);
    pipeline =
        new DeliveryPipeline(
            WorkflowFixtures.attempts(deliveries, outages),
            publisher,
            new DeadLetters(publisher, meters),
            new OutcomeEvents(new ObjectMapper(), Clock.systemUTC()),
            config,
            new Drain(config));
  }

  @Test
  void aBatchIsWorkedOnTogetherAndAcknowledgedLast() {
    process("a", "b", "c");
    assertEquals(List.of(List.of("a", "b", "c")), attempts);
    assertEquals(List.of("a", "b", "c", ACKNOWLEDGED), happened);
    assertEquals(List.of(), deliveries.open());
  }

  @Test
  void nothingIsAcknowledgedBeforeTheBrokerHasTheEvents() {
    broker = new CompletableFuture<>();
    CompletableFuture<Void> batch = begin("a");
    await().until(() -> happened.contains("a"));
    assertFalse(happened.contains(ACKNOWLEDGED));
    assertEquals(1, deliveries.open().size(), "a crash now is noticed");
    broker.complete(null);
    batch.join();
    assertEquals(List.of("a", ACKNOWLEDGED), happened);
    assertEquals(List.of(), deliveries.open());
  }

  @Test
  void whatCannotBeReadIsADeadLetterAtOnce() {
    process("a", UNREADABLE, "c");
    assertEquals(List.of(List.of("a", "c")), attempts);
    assertEquals(List.of("a", "c", UNREADABLE, ACKNOWLEDGED), happened);
    assertDeadLetter("MalformedEventException", 1);
  }

  @Test
  void aPoisonousRecordFailsNoNeighbour() {
    poisonous.add("b");
    process("a", "b", "c");
    assertEquals(
        List.of(List.of("a", "b", "c"), List.of("b"), List.of("b"), List.of("b")), attempts);
    assertEquals(List.of("a", "c", "b", ACKNOWLEDGED), happened);
    assertDeadLetter("Poison", 3);
    assertEquals(List.of(), deliveries.open());
  }

  @Test
  void aRecordThatWorksAloneIsNoDeadLetter() {
    Function<List<String>, Uni<List<Result>>> onlyAlone =
        requests -> {
          attempts.add(requests);
          if (requests.size() > 1) {
            throw new IllegalStateException("as planned");
          }
          return Uni.createFrom().item(requests.stream().map(this::result).toList());
        };
    begin(onlyAlone, "a", "b").join();
    assertEquals(List.of(List.of("a", "b"), List.of("a"), List.of("b")), attempts);
    assertEquals(List.of("a", "b", ACKNOWLEDGED), happened);
  }

  @Test
  void whatAProcessTookAlongIsWorkedOnAloneAfterTheOthers() {
    deliveries.leaveOpen(GROUP, new Position(TOPIC, 0, 1), 0);
    process("a", "b", "c");
    assertEquals(List.of(List.of("a", "c"), List.of("b")), attempts);
    assertEquals(List.of("a", "c", "b", ACKNOWLEDGED), happened);
    assertEquals(List.of(), deliveries.open());
  }

  @Test
  void whoTookTheProcessAlongTooOftenIsNotTriedAgain() {
    deliveries.leaveOpen(GROUP, new Position(TOPIC, 0, 1), 3);
    process("a", "b");
    assertEquals(List.of(List.of("a")), attempts);
    assertEquals(List.of("a", "b", ACKNOWLEDGED), happened);
    assertDeadLetter("Poison", 3);
    assertEquals(List.of(), deliveries.open());
  }

  private void process(String... keys) {
    begin(keys).join();
  }

  private CompletableFuture<Void> begin(String... keys) {
    return begin(
        requests -> {
          attempts.add(requests);
          return Uni.createFrom().item(requests.stream().map(this::result).toList());
        },
        keys);
  }

  private CompletableFuture<Void> begin(
      Function<List<String>, Uni<List<Result>>> work, String... keys) {
    return pipeline
        .process(GROUP, batch(keys), DeliveryPipelineTest::read, work)
        .subscribeAsCompletionStage();
  }

  private static List<String> read(ConsumerRecord<String, byte[]> kafkaRecord) {
    if (kafkaRecord.key().equals(UNREADABLE)) {
      throw new MalformedEventException("as planned");
    }
    return List.of(kafkaRecord.key());
  }

  private Result result(String key) {
    return poisonous.contains(key)
        ? new Result.Poisoned(new Failure.Poison("as planned"))
        : new Result.Done(
            new Outcome.RequestFailed(new RequestId("/pacs", key), TOPIC, "as planned", false));
  }

  private void assertDeadLetter(String failure, int madeAttempts) {
    assertEquals(1, deadLetters.size());
    String name = header("thorax-failure-class");
    assertTrue(name.endsWith(failure), name);
    assertEquals(Integer.toString(madeAttempts), header("thorax-attempts"));
  }

  private String header(String name) {
    return new String(deadLetters.get(0).lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  /** SmallRye's batch as far as it is read here. */
  @SuppressWarnings("unchecked")
  private KafkaRecordBatch<String, byte[]> batch(String... keys) {
    List<IncomingKafkaRecord<String, byte[]>> records = new ArrayList<>();
    for (String key : keys) {
      records.add(
          new IncomingKafkaRecord<>(
              new ConsumerRecord<>(TOPIC, 0, records.size(), key, new byte[0]),
              "channel",
              0,
              null,
              null,
              false,
              false));
    }
    return (KafkaRecordBatch<String, byte[]>)
        Proxy.newProxyInstance(
            KafkaRecordBatch.class.getClassLoader(),
            new Class<?>[] {KafkaRecordBatch.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getRecords" -> records;
                  case "ack" -> {
                    happened.add(ACKNOWLEDGED);
                    yield CompletableFuture.completedFuture(null);
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  /** SmallRye's emitter as far as it is used here. */
  @SuppressWarnings("unchecked")
  private MutinyEmitter<byte[]> emitter() {
    return (MutinyEmitter<byte[]>)
        Proxy.newProxyInstance(
            MutinyEmitter.class.getClassLoader(),
            new Class<?>[] {MutinyEmitter.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("sendMessage")) {
                throw new UnsupportedOperationException(method.getName());
              }
              return sent((Message<?>) arguments[0]);
            });
  }

  private Uni<Void> sent(Message<?> message) {
    OutgoingKafkaRecordMetadata<?> metadata =
        message.getMetadata(OutgoingKafkaRecordMetadata.class).orElseThrow();
    if (metadata.getTopic().equals("dead-letter")) {
      deadLetters.add(metadata.getHeaders());
    }
    happened.add((String) metadata.getKey());
    return Uni.createFrom().completionStage(broker);
  }
}
