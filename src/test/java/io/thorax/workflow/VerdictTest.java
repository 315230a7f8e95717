package io.thorax.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thorax.imaging.InputSpec;
import io.thorax.model.ModelManifest;
import io.thorax.model.NetworkSpec;
import io.thorax.model.OptimizerSpec;
import io.thorax.study.Failure;
import io.thorax.study.Identifiers;
import io.thorax.study.ImageReference;
import io.thorax.study.Prediction;
import io.thorax.study.Sha256;
import io.thorax.study.Timings;
import io.thorax.workflow.ClassificationRequest.Priority;
import io.thorax.workflow.ImagePreparation.Prepared;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
  private static final Sha256 IMAGE = Sha256.ofUtf8("image");
  private static final Sha256 MODEL = Sha256.ofUtf8("model");
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final List<String> BINARY = List.of("normal", "COVID-19");
  private static final List<String> THREE = List.of("normal", "COVID-19", "other");

  @ParameterizedTest
  @CsvSource({"0.2499, normal", "0.25, COVID-19", "0.9, COVID-19", "0, normal"})
  void twoClassesAreToldApartByTheThreshold(float positive, String expected) {
    Verdict verdict = verdict(BINARY, 0.25);
    assertEquals(expected, verdict.predictedClass(new float[] {1 - positive, positive}));
  }

  @Test
  void thePositiveClassMayComeFirst() {
    Verdict verdict = verdict(List.of("COVID-19", "normal"), 0.25);
    assertEquals("COVID-19", verdict.predictedClass(new float[] {0.3f, 0.7f}));
    assertEquals("normal", verdict.predictedClass(new float[] {0.2f, 0.8f}));
  }

  @Test
  void aConfiguredThresholdCountsForMoreThanTheModels() {
    Verdict verdict = new Verdict(manifest(BINARY, 0.25), Optional.of(0.75));
    assertEquals("normal", verdict.predictedClass(new float[] {0.5f, 0.5f}));
    assertEquals(0.75, verdict.prediction(request(), prepared(), half(), 1, NOW).threshold());
  }

  @ParameterizedTest
  @CsvSource({
    "0.2, 0.3, 0.5, other",
    "0.5, 0.3, 0.2, normal",
    "0.3, 0.4, 0.3, COVID-19",
    "0.4, 0.4, 0.2, normal"
  })
  void ofMoreClassesTheMostProbableIsPredicted(
      float normal, float covid, float other, String expected) {
    float[] probabilities = {normal, covid, other};
    assertEquals(expected, verdict(THREE, 0.1).predictedClass(probabilities));
  }

  @Test
  void aPredictionSaysWhatWasReadByWhat() {
    Prediction prediction = verdict(BINARY, 0.5).prediction(request(), prepared(), half(), 4, NOW);
    assertEquals(Identifiers.prediction(IMAGE, MODEL), prediction.id());
    assertEquals(request().image().withSha256(IMAGE), prediction.image());
    assertEquals(MODEL, prediction.model().digest());
    assertEquals("small", prediction.model().name());
    assertEquals(0.5, prediction.threshold());
    assertEquals(new Timings(1, 2, 3, 4), prediction.timings());
    assertEquals(NOW, prediction.predictedAt());
    assertEquals(Map.of("normal", 0.5, "COVID-19", 0.5), prediction.probabilities());
    assertEquals(BINARY, List.copyOf(prediction.probabilities().keySet()));
  }

  @Test
  void theSendersStudyCountsForMoreThanTheImages() {
    Verdict verdict = verdict(BINARY, 0.5);
    assertEquals(
        Optional.of("1.2.3"),
        verdict.prediction(request(), prepared(), half(), 1, NOW).studyInstanceUid());
    assertEquals(
        Optional.of("9.9"),
        verdict
            .prediction(request(Optional.of("9.9")), prepared(), half(), 1, NOW)
            .studyInstanceUid());
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void whatIsNoProbabilityIsNeverAPrediction(float value) {
    float[] probabilities = {1, value};
    Verdict verdict = verdict(BINARY, 0.5);
    assertThrows(
        Failure.Poison.class,
        () -> verdict.prediction(request(), prepared(), probabilities, 1, NOW));
  }

  private static float[] half() {
    return new float[] {0.5f, 0.5f};
  }

  private static ClassificationRequest request() {
    return request(Optional.empty());
  }

  private static ClassificationRequest request(Optional<String> study) {
    return new ClassificationRequest(
        ImageReference.of("xrays", "a.dcm"), study, Priority.ROUTINE, Optional.empty(), List.of());
  }

  private static Prepared prepared() {
    return new Prepared(IMAGE, Optional.of("1.2.3"), new float[0], 1, 2, 3);
  }

  private static Verdict verdict(List<String> classes, double threshold) {
    return new Verdict(manifest(classes, threshold), Optional.empty());
  }

  private static ModelManifest manifest(List<String> classes, double threshold) {
    return new ModelManifest(
        MODEL,
        "small",
        classes.size() == 2 ? "binary" : "multiclass",
        classes,
        "COVID-19",
        threshold,
        InputSpec.DEFAULT,
        NetworkSpec.dcnnBinary(),
        new OptimizerSpec.Adam(1e-3),
        Sha256.ofUtf8("data set"),
        Map.of(),
        Map.of(),
        NOW,
        Map.of());
  }
}
