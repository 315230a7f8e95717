package io.thorax.study;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What a model says of an image. For research, not for diagnosis.
 *
 * @param id {@link Identifiers#prediction}: the same image and model always have the same one
 * @param image with its digest
 * @param probabilities by class, in the model's order, adding up to 1
 * @param threshold that the positive class's probability had to reach
 */
public record Prediction(
    UUID id,
    ImageReference image,
    Optional<String> studyInstanceUid,
    ModelIdentity model,
    String predictedClass,
    Map<String, Double> probabilities,
    double threshold,
    Timings timings,
    Instant predictedAt) {

  public Prediction {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(studyInstanceUid, "studyInstanceUid");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(timings, "timings");
    Objects.requireNonNull(predictedAt, "predictedAt");
    if (image.sha256().isEmpty()) {
      throw new IllegalArgumentException("a prediction's image has its digest");
    }
    if (!probabilities.containsKey(predictedClass)) {
      throw new IllegalArgumentException("no probability for class " + predictedClass);
    }
    probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
  }
}
