package io.thorax.persistence;

import io.thorax.study.Identifiers;
import io.thorax.study.ImageReference;
import io.thorax.study.ModelIdentity;
import io.thorax.study.Outcome;
import io.thorax.study.Prediction;
import io.thorax.study.RejectReason;
import io.thorax.study.Sha256;
import io.thorax.study.Timings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Values to store. */
final class Samples {
  static final ModelIdentity MODEL = new ModelIdentity("covid", Sha256.ofUtf8("model"));
  static final String STUDY = "1.2.840.113619.2.1";

  private Samples() {}

  static Prediction prediction(String image) {
    return prediction(image, "uploads/" + image + ".png", Optional.of(STUDY));
  }

  /** Classes in an order that neither the alphabet nor their lengths give. */
  static Prediction prediction(String image, String key, Optional<String> study) {
    Sha256 digest = Sha256.ofUtf8(image);
    Map<String, Double> probabilities = new LinkedHashMap<>();
    probabilities.put("normal", 0.1 + 0.2);
    probabilities.put("COVID-19", 1e-7);
    probabilities.put("a", 0.7 - 1e-7);
    return new Prediction(
        Identifiers.prediction(digest, MODEL.digest()),
        ImageReference.of("xrays", key).withSha256(digest),
        study,
        MODEL,
        "a",
        probabilities,
        0.5,
        new Timings(1.5, 2.25, 3, 27.125),
        Instant.parse("2026-01-02T03:04:05.678901Z"));
  }

  static Outcome.Classified classified(String image) {
    return new Outcome.Classified(prediction(image));
  }

  static Outcome.Rejected rejected(String key, RejectReason reason) {
    ImageReference image = ImageReference.of("xrays", key);
    return new Outcome.Rejected(
        Identifiers.rejection(image, reason), image, Optional.of(STUDY), reason, "no image there");
  }
}
