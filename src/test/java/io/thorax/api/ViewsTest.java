package io.thorax.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thorax.api.ImagesResource.ImageRecordView;
import io.thorax.study.Identifiers;
import io.thorax.study.ImageReference;
import io.thorax.study.ModelIdentity;
import io.thorax.study.Outcome;
import io.thorax.study.Prediction;
import io.thorax.study.RejectReason;
import io.thorax.study.Sha256;
import io.thorax.study.Timings;
import io.thorax.workflow.PredictionQueries.ImageRecord;
import io.thorax.workflow.PredictionQueries.Refused;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private static final Sha256 IMAGE = Sha256.ofUtf8("image");
  private static final Sha256 MODEL = Sha256.ofUtf8("model");
  private static final ImageReference PLACE = ImageReference.of("xrays", "a.png").withSha256(IMAGE);
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final ObjectMapper json = TestJson.mapper();

  @Test
  void everyPredictionSaysThatItIsForResearchOnly() {
    JsonNode view = json.valueToTree(PredictionView.of(prediction()));
    assertTrue(view.path("researchUseOnly").booleanValue());
    assertEquals(IMAGE.hex(), view.path("image").path("sha256").textValue());
    assertEquals(MODEL.hex(), view.path("model").path("digest").textValue());
    assertEquals("2026-01-02T03:04:05Z", view.path("predictedAt").textValue());
    assertFalse(view.has("studyInstanceUid"));
  }

  @Test
  void probabilitiesKeepTheModelsOrder() {
    JsonNode probabilities =
        json.valueToTree(PredictionView.of(prediction())).path("probabilities");
    assertEquals("negative", probabilities.fieldNames().next());
  }

  @Test
  void aRejectionNamesItsReason() {
    JsonNode view = json.valueToTree(RejectionView.of(refused()));
    assertEquals("corrupt", view.path("reason").textValue());
    assertFalse(view.has("probabilities"));
  }

  @Test
  void anImageIsPendingUntilSomethingIsKnownOfIt() {
    assertEquals("pending", state(List.of(), List.of()));
    assertEquals("rejected", state(List.of(), List.of(refused())));
    assertEquals("predicted", state(List.of(prediction()), List.of()));
  }

  private static String state(List<Prediction> predictions, List<Refused> rejections) {
    return ImageRecordView.of(new ImageRecord(IMAGE, predictions, rejections)).state();
  }

  private static Prediction prediction() {
    Map<String, Double> probabilities = new LinkedHashMap<>();
    probabilities.put("negative", 0.25);
    probabilities.put("COVID-19", 0.75);
    return new Prediction(
        Identifiers.prediction(IMAGE, MODEL),
        PLACE,
        Optional.empty(),
        new ModelIdentity("first", MODEL),
        "COVID-19",
        probabilities,
        0.5,
        new Timings(1, 2, 3, 4),
        NOW);
  }

  private static Refused refused() {
    return new Refused(
        new Outcome.Rejected(
            Identifiers.rejection(PLACE, RejectReason.CORRUPT),
            PLACE,
            Optional.empty(),
            RejectReason.CORRUPT,
            "a PNG without its header"),
        NOW);
  }
}
