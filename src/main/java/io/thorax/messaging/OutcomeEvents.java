package io.thorax.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.thorax.study.Identifiers;
import io.thorax.study.ImageReference;
import io.thorax.study.Outcome;
import io.thorax.study.Prediction;
import io.thorax.study.RequestId;
import io.thorax.study.Sha256;
import io.thorax.workflow.TrainingProgress;
import java.net.URI;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Maps outcomes to outbound events. An event's id follows from what it reports, so the same report
 * always carries the same id and a reader can drop repeats.
 */
final class OutcomeEvents {
  private static final URI SOURCE = URI.create(RequestId.OWN_SOURCE);
  private static final String JSON = "application/json";
  private static final int MAX_REASON = 2000;

  private final ObjectMapper json;
  private final Clock clock;

  OutcomeEvents(ObjectMapper json, Clock clock) {
    this.json = json;
    this.clock = clock;
  }

  OutboundEvent event(Outcome outcome) {
    if (outcome instanceof Outcome.Classified classified) {
      return classified(classified.prediction());
    } else if (outcome instanceof Outcome.Rejected rejected) {
      return rejected(rejected);
    } else if (outcome instanceof Outcome.DatasetAssembled assembled) {
      return assembled(assembled);
    } else if (outcome instanceof Outcome.TrainingCompleted completed) {
      return completed(completed);
    } else if (outcome instanceof Outcome.RequestFailed failed) {
      return failed(failed);
    }
    throw new IllegalStateException("an outcome without an event: " + outcome.getClass());
  }

  private OutboundEvent classified(Prediction prediction) {
    ImageReference image = prediction.image();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("predictionId", prediction.id());
    data.put("image", imageData(image));
    prediction.studyInstanceUid().ifPresent(uid -> data.put("studyInstanceUid", uid));
    data.put(
        "model",
        Map.of("name", prediction.model().name(), "digest", prediction.model().digest().hex()));
    data.put("predictedClass", prediction.predictedClass());
    data.put("probabilities", prediction.probabilities());
    data.put("threshold", prediction.threshold());
    data.put("researchUseOnly", true);
    data.put("timings", prediction.timings());
    return build(
        Topic.XRAY_CLASSIFIED,
        prediction.id() + "@" + image.place() + "#" + prediction.studyInstanceUid().orElse(""),
        prediction.studyInstanceUid().orElse(image.key()),
        data);
  }

  private OutboundEvent rejected(Outcome.Rejected rejected) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("rejectionId", rejected.id());
    data.put("image", imageData(rejected.image()));
    rejected.studyInstanceUid().ifPresent(uid -> data.put("studyInstanceUid", uid));
    data.put("reason", rejected.reason().wireName());
    data.put("detail", rejected.detail());
    return build(
        Topic.XRAY_REJECTED,
        rejected.id().toString(),
        rejected.studyInstanceUid().orElse(rejected.image().key()),
        data);
  }

  private OutboundEvent assembled(Outcome.DatasetAssembled assembled) {
    Map<String, Object> data = new LinkedHashMap<>();
    putRequest(data, assembled.request());
    data.put("name", assembled.name());
    data.put("dataset", assembled.digest().hex());
    data.put("artifacts", assembled.artifacts());
    data.put("summary", assembled.summary());
    return build(
        Topic.DATASET_ASSEMBLED,
        named(assembled.request()) + ":" + assembled.digest(),
        assembled.name(),
        data);
  }

  private OutboundEvent completed(Outcome.TrainingCompleted completed) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("run", completed.run());
    data.put("name", completed.name());
    data.put("bestTrial", completed.bestTrial());
    data.put("model", completed.model().hex());
    data.put("validationMetrics", completed.validationMetrics());
    data.put("testMetrics", completed.testMetrics());
    data.put("artifacts", completed.artifacts());
    data.put("researchUseOnly", true);
    return build(
        Topic.TRAINING_COMPLETED, completed.run().toString(), completed.run().toString(), data);
  }

  private OutboundEvent failed(Outcome.RequestFailed failed) {
    Map<String, Object> data = new LinkedHashMap<>();
    putRequest(data, failed.request());
    data.put("topic", failed.topic());
    data.put("reason", shortened(failed.reason()));
    data.put("retryable", failed.retryable());
    return build(
        Topic.REQUEST_FAILED,
        failed.topic() + ":" + named(failed.request()) + ":" + failed.reason(),
        failed.request().id(),
        data);
  }

  OutboundEvent progressed(TrainingProgress progress) {
    return build(
        Topic.TRAINING_PROGRESSED,
        progress.run() + ":" + progress.trial() + ":" + progress.epoch(),
        progress.run().toString(),
        progress);
  }

  /** A request made through the API, as the event that its topic expects. */
  static OutboundEvent request(Topic topic, UUID id, String key, byte[] data) {
    return new OutboundEvent(topic, key, envelope(topic, id, Clock.systemUTC(), data));
  }

  private OutboundEvent build(Topic topic, String reported, String key, Object data) {
    try {
      UUID id = Identifiers.of("event", topic.topicName() + ":" + reported);
      return new OutboundEvent(
          topic, key, envelope(topic, id, clock, json.writeValueAsBytes(data)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event that cannot be written: " + topic, e);
    }
  }

  private static CloudEvent envelope(Topic topic, UUID id, Clock clock, byte[] data) {
    return CloudEventBuilder.v1()
        .withId(id.toString())
        .withSource(SOURCE)
        .withType(topic.eventType())
        .withTime(OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
        .withData(JSON, data)
        .build();
  }

  private static void putRequest(Map<String, Object> data, RequestId request) {
    data.put("requestId", request.id());
    data.put("requestSource", request.source());
  }

  /** What a request says is quoted in a reason, and may be long. */
  private static String shortened(String reason) {
    return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "...";
  }

  private static String named(RequestId request) {
    return request.source() + " " + request.id();
  }

  private static Map<String, Object> imageData(ImageReference image) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("bucket", image.bucket());
    data.put("key", image.key());
    putPresent(data, "versionId", image.versionId());
    putPresent(data, "etag", image.etag());
    putPresent(data, "sha256", image.sha256().map(Sha256::hex));
    return data;
  }

  private static void putPresent(Map<String, Object> data, String field, Optional<String> value) {
    value.ifPresent(text -> data.put(field, text));
  }
}
