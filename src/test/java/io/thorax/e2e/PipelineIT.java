package io.thorax.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.messages.Item;
import io.thorax.api.ApiContract;
import io.thorax.client.EventLog.Event;
import io.thorax.client.ThoraxClient;
import io.thorax.stack.ServiceProcess;
import io.thorax.synthetic.PictureWriter;
import io.thorax.synthetic.SyntheticRadiograph;
import io.thorax.synthetic.SyntheticRadiograph.Finding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From an event to a stored, published prediction or rejection. */
class PipelineIT {
  private static TrainedStack stack;
  private static ServiceProcess service;
  private static ThoraxClient client;

  @BeforeAll
  static void startService() {
    stack = TrainedStack.shared();
    service =
        stack
            .service("pipeline")
            .set("thorax.imaging.limits.max-bytes", MixedPost.SIZE_LIMIT)
            .set("thorax.messaging.attempt-pause", "1s")
            .build();
    client = stack.client(service);
    service.start();
    service.awaitReady();
  }

  @AfterAll
  static void stopService() {
    if (client != null) {
      client.close();
      service.close();
    }
  }

  @Test
  void everyEventGivesOneRowAndOneEventOfTheRightKind() {
    List<Posted> posted = MixedPost.of("mixed/", 267, 3);
    assertEquals(300, posted.size());
    long begun = System.nanoTime();
    post(posted);
    Results results = Results.await(stack.log(), "mixed/", 300, TrainedStack.PATIENCE);
    System.out.printf(
        "300 events after %.1f s: %s%n",
        (System.nanoTime() - begun) / 1e9,
        results.kinds().values().stream()
            .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting())));

    assertEquals(expected(posted), results.kinds(), "what became of each image");
    assertEquals(Map.of(), results.repeats(), "events that came more than once");
    assertEquals(300, results.ids().size());
    assertEquals(Set.of(), deadLetters("mixed/"));
    Map<String, Integer> classified = onceEach(posted, true);
    assertEquals(classified, stack.rows().predictedPlaces("mixed/"));
    assertEquals(classified.size(), stack.rows().predictions("mixed/"));
    assertEquals(onceEach(posted, false), stack.rows().rejections("mixed/"));
  }

  @Test
  void imageUnderTwoKeysHasOnePredictionAndAnEventForEachKey() {
    byte[] png = png(1);
    client.put(TrainedStack.BUCKET, "twice/a.png", png);
    client.put(TrainedStack.BUCKET, "twice/b.png", png);
    upload("twice/a.png");
    upload("twice/b.png");
    Results results = Results.await(stack.log(), "twice/", 2, TrainedStack.PATIENCE);
    assertEquals(2, results.ids().size());
    assertEquals(1, predictionIds("twice/").size());
    assertEquals(1, stack.rows().predictions("twice/"));
    assertEquals(2, stack.rows().predictedPlaces("twice/").size());
  }

  @Test
  void repeatedEventGivesTheSameIdsAndNoSecondRow() {
    client.put(TrainedStack.BUCKET, "again/good.png", png(2));
    for (int i = 0; i < 3; i++) {
      for (String key : List.of("again/good.png", "again/missing.png")) {
        client.send(
            "xray.uploaded", key, "id of " + key, ThoraxClient.upload(TrainedStack.BUCKET, key));
      }
    }
    Results results = Results.awaitEvents(stack.log(), "again/", 6, TrainedStack.PATIENCE);
    assertEquals(2, results.ids().size());
    assertEquals(1, predictionIds("again/").size());
    assertEquals(Map.of("again/good.png", 1), stack.rows().predictedPlaces("again/"));
    assertEquals(Map.of("again/missing.png", 1), stack.rows().rejections("again/"));
  }

  @Test
  void malformedEventsBecomeDeadLettersAsTheyCame() {
    String topic = "xray.uploaded";
    ObjectNode keyless = ThoraxClient.JSON.createObjectNode();
    keyless.putObject("image").put("bucket", TrainedStack.BUCKET);
    client.sendRaw(ThoraxClient.binary(topic, "malformed-keyless", "keyless", keyless));
    ProducerRecord<String, byte[]> noJson =
        ThoraxClient.binary(topic, "malformed-text", "no json", keyless);
    client.sendRaw(
        new ProducerRecord<>(
            topic,
            null,
            noJson.key(),
            "no { JSON".getBytes(StandardCharsets.UTF_8),
            noJson.headers()));
    client.sendRaw(
        new ProducerRecord<>(
            "bucket.notifications",
            "malformed-notice",
            "{\"Records\": 1}".getBytes(StandardCharsets.UTF_8)));

    Event letter = deadLetter("malformed-keyless");
    assertEquals("keyless", letter.headers().get("ce_id"));
    assertEquals(keyless, letter.data());
    assertEquals(topic, letter.headers().get("thorax-original-topic"));
    assertEquals("1", letter.headers().get("thorax-attempts"));
    assertTrue(
        letter.headers().get("thorax-failure-class").endsWith("MalformedEventException"),
        letter.toString());
    assertTrue(
        letter.headers().get("thorax-failure-message").contains("image.key"), letter.toString());
    assertTrue(
        letter
            .headers()
            .keySet()
            .containsAll(
                Set.of(
                    "thorax-original-partition",
                    "thorax-original-offset",
                    "thorax-first-attempt-at",
                    "thorax-last-attempt-at")));
    assertTrue(
        deadLetter("malformed-text").headers().get("thorax-failure-message").contains("not JSON"));
    assertEquals(
        "bucket.notifications",
        deadLetter("malformed-notice").headers().get("thorax-original-topic"));
  }

  @Test
  void restKeepsItsContract() {
    ApiContract.verify(client.addresses().http(), png(3));
  }

  @Test
  void metricsTellOfStagesAndOutcomes() {
    client.put(TrainedStack.BUCKET, "measured/good.png", png(4));
    upload("measured/good.png");
    upload("measured/missing.png");
    Results.await(stack.log(), "measured/", 2, TrainedStack.PATIENCE);
    String metrics = client.get("/q/metrics").body();
    for (String stage : List.of("fetch", "decode", "preprocess", "infer", "persist", "publish")) {
      assertTrue(
          Pattern.compile("thorax_stage_seconds_count\\{[^}]*stage=\"" + stage + "\"[^}]*} [1-9]")
              .matcher(metrics)
              .find(),
          "stage " + stage + " in\n" + metrics);
    }
    assertTrue(
        Pattern.compile("thorax_images_total\\{[^}]*outcome=\"classified\"")
            .matcher(metrics)
            .find(),
        metrics);
    assertTrue(
        Pattern.compile("thorax_images_total\\{[^}]*reason=\"not-found\"").matcher(metrics).find(),
        metrics);
    assertTrue(
        Pattern.compile("thorax_model_info\\{[^}]*" + stack.champion()).matcher(metrics).find(),
        metrics);
  }

  @Test
  void movedAliasIsFollowedWithoutAGap() throws InterruptedException {
    client.put(TrainedStack.BUCKET, "moved/good.png", png(5));
    Flow flow = Flow.start(Duration.ofMillis(20), number -> follow("moved/good.png", number));
    try {
      promote(stack.challenger());
      awaitModel("moved/", stack.challenger());
      promote(stack.champion());
      awaitModel("moved/", stack.champion());
    } finally {
      flow.stop();
    }
    Results results =
        Results.awaitEvents(stack.log(), "moved/", flow.sent(), TrainedStack.PATIENCE);
    System.out.printf("%d events while the alias moved twice%n", flow.sent());
    assertEquals(Map.of("moved/good.png", Posted.CLASSIFIED), results.kinds());
    assertEquals(flow.sent(), results.events().size());
    assertEquals(
        Set.of(stack.champion(), stack.challenger()),
        results.events().stream().map(PipelineIT::model).collect(Collectors.toSet()));
  }

  @Test
  void eventThatFailsUnexpectedlyBecomesADeadLetterAndHarmsNoNeighbour() throws Exception {
    damage(stack.brittle());
    List<ProducerRecord<String, byte[]>> batch = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      String key = "poison/" + i + ".png";
      client.put(TrainedStack.BUCKET, key, png(100 + i));
      ObjectNode data = ThoraxClient.upload(TrainedStack.BUCKET, key);
      if (i == 4) {
        data.put("model", stack.brittle());
      }
      batch.add(ThoraxClient.binary("xray.uploaded", "one study", "poison-" + i, data));
    }
    batch.forEach(client::sendLater);
    service.awaitLog(Pattern.compile("(?s)an attempt failed.*an attempt failed"));
    service.kill();
    service.start();

    Event letter = deadLetter("one study");
    assertEquals("poison-4", letter.headers().get("ce_id"));
    assertEquals("3", letter.headers().get("thorax-attempts"), "counted over the crash");
    assertTrue(letter.headers().get("thorax-failure-class").endsWith("Poison"), letter.toString());
    Results results = Results.await(stack.log(), "poison/", 8, TrainedStack.PATIENCE);
    assertEquals(Set.of(Posted.CLASSIFIED), Set.copyOf(results.kinds().values()));
    assertEquals(8, results.ids().size());
    assertEquals(Set.of("poison/4.png"), deadLetters("poison/"));
    int attemptsAfter = service.logSinceStart().split("an attempt failed", -1).length - 1;
    assertTrue(attemptsAfter <= 2, attemptsAfter + " attempts after the crash");
    service.awaitReady();
  }

  private void follow(String key, int number) {
    upload(key);
    if (number % 10 == 0 && !service.isReady()) {
      throw new IllegalStateException("not ready");
    }
  }

  private void promote(String model) {
    ObjectNode body = ThoraxClient.JSON.createObjectNode().put("model", model);
    assertEquals(200, client.putJson("/api/v1/aliases/champion", body).statusCode());
  }

  private void awaitModel(String prefix, String model) throws InterruptedException {
    long deadline = System.nanoTime() + TrainedStack.PATIENCE.toNanos();
    while (true) {
      List<Event> events = stack.log().events("xray.classified", prefix);
      if (!events.isEmpty() && model(events.get(events.size() - 1)).equals(model)) {
        return;
      }
      assertTrue(System.nanoTime() < deadline, "the alias was not followed");
      Thread.sleep(50);
    }
  }

  private static String model(Event event) {
    return event.data().path("model").path("digest").asText();
  }

  private void damage(String model) throws Exception {
    try (MinioClient store = stack.servers().s3().client()) {
      for (Result<Item> found :
          store.listObjects(
              ListObjectsArgs.builder()
                  .bucket("thorax")
                  .prefix("models/" + model + "/")
                  .recursive(true)
                  .build())) {
        store.removeObject(
            RemoveObjectArgs.builder().bucket("thorax").object(found.get().objectName()).build());
      }
    }
  }

  private void post(List<Posted> posted) {
    for (Posted one : posted) {
      if (one.content() != null) {
        client.put(TrainedStack.BUCKET, one.key(), one.content());
      }
      client.sendLater(one.event());
    }
  }

  private void upload(String key) {
    client.send("xray.uploaded", key, ThoraxClient.upload(TrainedStack.BUCKET, key));
  }

  private static Map<String, String> expected(List<Posted> posted) {
    return posted.stream()
        .collect(
            Collectors.toMap(Posted::key, Posted::expected, (one, other) -> one, TreeMap::new));
  }

  private static Map<String, Integer> onceEach(List<Posted> posted, boolean classified) {
    return posted.stream()
        .filter(one -> one.expected().equals(Posted.CLASSIFIED) == classified)
        .collect(Collectors.toMap(Posted::key, one -> 1));
  }

  private Set<String> predictionIds(String prefix) {
    return stack.log().events("xray.classified", prefix).stream()
        .map(event -> event.data().path("predictionId").asText())
        .map(id -> UUID.fromString(id).toString())
        .collect(Collectors.toSet());
  }

  private Event deadLetter(String kafkaKey) {
    return stack
        .log()
        .await(
            event -> event.topic().equals("dead-letter") && kafkaKey.equals(event.key()),
            TrainedStack.PATIENCE)
        .orElseThrow();
  }

  private Set<String> deadLetters(String prefix) {
    return Stream.of(stack.log().events("dead-letter"))
        .flatMap(List::stream)
        .map(PipelineIT::imageKey)
        .filter(key -> key.startsWith(prefix))
        .collect(Collectors.toSet());
  }

  private static String imageKey(Event deadLetter) {
    JsonNode body = deadLetter.data();
    return body.has("data") ? body.at("/data/image/key").asText() : body.at("/image/key").asText();
  }

  private static byte[] png(int seed) {
    return PictureWriter.png(SyntheticRadiograph.of(Finding.NORMAL, 700_000L + seed, 64));
  }
}
