package io.thorax.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudevents.CloudEvent;
import io.thorax.study.Identifiers;
import io.thorax.study.ImageReference;
import io.thorax.study.ModelIdentity;
import io.thorax.study.Outcome;
import io.thorax.study.Prediction;
import io.thorax.study.RejectReason;
import io.thorax.study.RequestId;
import io.thorax.study.Sha256;
import io.thorax.study.Timings;
import io.thorax.workflow.TrainingProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeEventsTest {
  private static final ObjectMapper JSON = JsonMapper.builder().findAndAddModules().build();
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Sha256 IMAGE = Sha256.ofUtf8("image");
  private static final Sha256 MODEL = Sha256.ofUtf8("model");
  private static final UUID RUN = new UUID(1, 2);
  private static final RequestId REQUEST = new RequestId("/pacs/1", "7");
  private static final RequestId OTHER = new RequestId("/pacs/2", "7");
  private static final Optional<String> STUDY = Optional.of("1.2.3");

  private final OutcomeEvents events = new OutcomeEvents(JSON, Clock.fixed(NOW, ZoneOffset.UTC));

  static List<Outcome> outcomes() {
    return List.of(
        classified("a.png", IMAGE, MODEL, STUDY),
        rejected("a.png", RejectReason.CORRUPT, STUDY),
        new Outcome.DatasetAssembled(REQUEST, "name", MODEL, Map.of("spec", "b/k"), Map.of()),
        new Outcome.TrainingCompleted(
            RUN, "name", 0, MODEL, Map.of("auc", 0.9), Map.of("auc", 0.8), Map.of("model", "b/k")),
        new Outcome.RequestFailed(REQUEST, "training.requested", "dataset: none", false));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void theEnvelopeSaysWhatItHolds(Outcome outcome) {
    OutboundEvent event = events.event(outcome);
    CloudEvent envelope = event.event();
    assertEquals("1.0", envelope.getSpecVersion().toString());
    assertEquals("io.thorax." + event.topic().topicName() + ".v1", envelope.getType());
    assertEquals("/thorax", envelope.getSource().toString());
    assertEquals("application/json", envelope.getDataContentType());
    assertEquals(NOW, envelope.getTime().toInstant());
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void theSameOutcomeHasTheSameIdWheneverItIsReported(Outcome outcome) {
    Clock later = Clock.offset(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofDays(1));
    assertEquals(id(events, outcome), id(new OutcomeEvents(JSON, later), outcome));
  }

  static Stream<Outcome> different() {
    return Stream.of(
        classified("a.png", IMAGE, MODEL, STUDY),
        classified("b.png", IMAGE, MODEL, STUDY),
        classified("a.png", Sha256.ofUtf8("other image"), MODEL, STUDY),
        classified("a.png", IMAGE, Sha256.ofUtf8("other model"), STUDY),
        classified("a.png", IMAGE, MODEL, Optional.of("1.2.4")),
        classified("a.png", IMAGE, MODEL, Optional.empty()),
        rejected("a.png", RejectReason.CORRUPT, STUDY),
        rejected("a.png", RejectReason.TOO_LARGE, STUDY),
        rejected("b.png", RejectReason.CORRUPT, STUDY),
        new Outcome.DatasetAssembled(REQUEST, "name", MODEL, Map.of(), Map.of()),
        new Outcome.DatasetAssembled(OTHER, "name", MODEL, Map.of(), Map.of()),
        new Outcome.DatasetAssembled(REQUEST, "name", IMAGE, Map.of(), Map.of()),
        new Outcome.TrainingCompleted(RUN, "n", 0, MODEL, Map.of(), Map.of(), Map.of()),
        new Outcome.TrainingCompleted(new UUID(1, 3), "n", 0, MODEL, Map.of(), Map.of(), Map.of()),
        new Outcome.RequestFailed(REQUEST, "training.requested", "reason", false),
        new Outcome.RequestFailed(OTHER, "training.requested", "reason", false),
        new Outcome.RequestFailed(REQUEST, "dataset.requested", "reason", false),
        new Outcome.RequestFailed(REQUEST, "training.requested", "other", false));
  }

  @Test
  void differentOutcomesHaveDifferentIds() {
    Map<String, List<Outcome>> byId =
        different().collect(Collectors.groupingBy(outcome -> id(events, outcome)));
    assertTrue(byId.values().stream().allMatch(same -> same.size() == 1), byId::toString);
  }

  @Test
  void aReasonIsNotLongerThanAnEventMayBe() {
    Outcome failed =
        new Outcome.RequestFailed(REQUEST, "training.requested", "x".repeat(1 << 20), false);
    assertEquals(2003, data(events.event(failed)).path("reason").asText().length());
  }

  @Test
  void aPredictionIsReportedWhole() {
    OutboundEvent event = events.event(classified("a.png", IMAGE, MODEL, STUDY));
    JsonNode data = data(event);
    assertFields(
        data,
        "predictionId",
        "image",
        "studyInstanceUid",
        "model",
        "predictedClass",
        "probabilities",
        "threshold",
        "researchUseOnly",
        "timings");
    assertEquals(
        Identifiers.prediction(IMAGE, MODEL).toString(), data.path("predictionId").textValue());
    assertFields(data.path("image"), "bucket", "key", "versionId", "etag", "sha256");
    assertEquals(IMAGE.hex(), data.at("/image/sha256").textValue());
    assertFields(data.path("model"), "name", "digest");
    assertEquals("COVID-19", data.path("predictedClass").textValue());
    assertEquals(0.75, data.at("/probabilities/COVID-19").doubleValue());
    assertTrue(data.path("researchUseOnly").booleanValue());
    assertFields(
        data.path("timings"), "fetchMillis", "decodeMillis", "preprocessMillis", "inferMillis");
  }

  @Test
  void aRejectionSaysWhy() {
    JsonNode data = data(events.event(rejected("a.png", RejectReason.MULTI_FRAME, STUDY)));
    assertFields(data, "rejectionId", "image", "studyInstanceUid", "reason", "detail");
    assertFields(data.path("image"), "bucket", "key");
    assertEquals("multi-frame", data.path("reason").textValue());
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    assertTrue(
        data(events.event(classified("a.png", IMAGE, MODEL, Optional.empty())))
            .path("studyInstanceUid")
            .isMissingNode());
    assertTrue(
        data(events.event(rejected("a.png", RejectReason.CORRUPT, Optional.empty())))
            .path("studyInstanceUid")
            .isMissingNode());
  }

  @Test
  void aStudyStaysInOrderAndAnImageWithoutOneByItsKey() {
    assertEquals("1.2.3", events.event(classified("a.png", IMAGE, MODEL, STUDY)).key());
    assertEquals("1.2.3", events.event(rejected("a.png", RejectReason.CORRUPT, STUDY)).key());
    assertEquals("a.png", events.event(classified("a.png", IMAGE, MODEL, Optional.empty())).key());
    assertEquals(
        "a.png", events.event(rejected("a.png", RejectReason.CORRUPT, Optional.empty())).key());
  }

  @Test
  void longWorkIsReportedWithItsArtifacts() {
    assertFields(
        data(events.event(outcomes().get(2))),
        "requestId",
        "requestSource",
        "name",
        "dataset",
        "artifacts",
        "summary");
    assertFields(
        data(events.event(outcomes().get(3))),
        "run",
        "name",
        "bestTrial",
        "model",
        "validationMetrics",
        "testMetrics",
        "artifacts",
        "researchUseOnly");
    assertFields(
        data(events.event(outcomes().get(4))),
        "requestId",
        "requestSource",
        "topic",
        "reason",
        "retryable");
  }

  @Test
  void progressHasAnIdAnEpoch() {
    OutboundEvent third = events.progressed(progress(3));
    assertEquals(third.event().getId(), events.progressed(progress(3)).event().getId());
    assertNotEquals(third.event().getId(), events.progressed(progress(4)).event().getId());
    assertEquals(RUN.toString(), third.key());
    assertFields(
        data(third),
        "run",
        "trial",
        "epoch",
        "epochs",
        "loss",
        "metrics",
        "imagesPerSecond",
        "secondsLeft");
  }

  @Test
  void aRequestIsPassedOnAsItIs() {
    byte[] data = "{\"name\": \"x\"}".getBytes(StandardCharsets.UTF_8);
    OutboundEvent event = OutcomeEvents.request(Topic.TRAINING_REQUESTED, RUN, "x", data);
    assertEquals(RUN.toString(), event.event().getId());
    assertEquals("io.thorax.training.requested.v1", event.event().getType());
    assertEquals("x", event.key());
    assertEquals("x", data(event).path("name").textValue());
  }

  private static Outcome.Classified classified(
      String key, Sha256 image, Sha256 model, Optional<String> study) {
    return new Outcome.Classified(
        new Prediction(
            Identifiers.prediction(image, model),
            new ImageReference(
                "xrays", key, Optional.of("v1"), Optional.of("etag"), Optional.of(image)),
            study,
            new ModelIdentity("champion", model),
            "COVID-19",
            Map.of("normal", 0.25, "COVID-19", 0.75),
            0.5,
            new Timings(1, 2, 3, 4),
            NOW));
  }

  private static Outcome.Rejected rejected(
      String key, RejectReason reason, Optional<String> study) {
    ImageReference image = ImageReference.of("xrays", key);
    return new Outcome.Rejected(
        Identifiers.rejection(image, reason), image, study, reason, "detail");
  }

  private static TrainingProgress progress(int epoch) {
    return new TrainingProgress(RUN, 0, epoch, 10, 0.5, Map.of("auc", 0.9), 20, 60);
  }

  private static String id(OutcomeEvents events, Outcome outcome) {
    return events.event(outcome).event().getId();
  }

  private static JsonNode data(OutboundEvent event) {
    try {
      return JSON.readTree(event.event().getData().toBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertFields(JsonNode node, String... names) {
    Set<String> fields = new TreeSet<>();
    node.fieldNames().forEachRemaining(fields::add);
    assertEquals(new TreeSet<>(Set.of(names)), fields);
  }
}
