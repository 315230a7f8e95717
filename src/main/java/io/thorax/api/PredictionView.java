package io.thorax.api;

import io.thorax.study.Prediction;
import io.thorax.study.Timings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A prediction as clients see it. */
@Schema(
    name = "Prediction",
    description = "What a model says of an image. For research, not for diagnosis.")
record PredictionView(
    UUID id,
    ImageView image,
    @Schema(examples = "1.2.840.113619.2.55.3") Optional<String> studyInstanceUid,
    ModelName model,
    @Schema(examples = "COVID-19") String predictedClass,
    @Schema(
            description = "By class, in the model's order, adding up to 1",
            examples = "{\"non-COVID-19\": 0.08, \"COVID-19\": 0.92}")
        Map<String, Double> probabilities,
    @Schema(description = "Which the positive class's probability had to reach", examples = "0.5")
        double threshold,
    Timings timings,
    Instant predictedAt,
    @Schema(description = "Always true: not for diagnosis", examples = "true")
        boolean researchUseOnly) {

  /** A model by its name, for people, and its digest. */
  @Schema(name = "ModelName")
  record ModelName(String name, String digest) {}

  static PredictionView of(Prediction prediction) {
    return new PredictionView(
        prediction.id(),
        ImageView.of(prediction.image()),
        prediction.studyInstanceUid(),
        new ModelName(prediction.model().name(), prediction.model().digest().hex()),
        prediction.predictedClass(),
        prediction.probabilities(),
        prediction.threshold(),
        prediction.timings(),
        prediction.predictedAt(),
        true);
  }
}
