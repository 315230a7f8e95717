package io.thorax.workflow;

import io.thorax.model.ModelManifest;
import io.thorax.study.Failure;
import io.thorax.study.Identifiers;
import io.thorax.study.ModelIdentity;
import io.thorax.study.Prediction;
import io.thorax.study.Timings;
import io.thorax.workflow.ImagePreparation.Prepared;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From probabilities to a prediction. With two classes the positive one is predicted from the
 * threshold on; with more, the most probable one is.
 */
final class Verdict {
  private final ModelManifest manifest;
  private final double threshold;

  Verdict(ModelManifest manifest, Optional<Double> threshold) {
    this.manifest = manifest;
    this.threshold = threshold.orElse(manifest.threshold());
  }

  Prediction prediction(
      ClassificationRequest request,
      Prepared prepared,
      float[] probabilities,
      double inferMillis,
      Instant now) {
    Map<String, Double> byClass = new LinkedHashMap<>();
    for (int i = 0; i < probabilities.length; i++) {
      if (!Float.isFinite(probabilities[i])) {
        throw new Failure.Poison("the model answers with " + probabilities[i]);
      }
      byClass.put(manifest.classes().get(i), (double) probabilities[i]);
    }
    return new Prediction(
        Identifiers.prediction(prepared.digest(), manifest.digest()),
        request.image().withSha256(prepared.digest()),
        request.studyInstanceUid().or(prepared::studyInstanceUid),
        new ModelIdentity(manifest.name(), manifest.digest()),
        predictedClass(probabilities),
        byClass,
        threshold,
        new Timings(
            prepared.fetchMillis(),
            prepared.decodeMillis(),
            prepared.preprocessMillis(),
            inferMillis),
        now);
  }

  String predictedClass(float[] probabilities) {
    List<String> classes = manifest.classes();
    if (classes.size() == 2) {
      int positive = classes.indexOf(manifest.positiveClass());
      return classes.get(probabilities[positive] >= threshold ? positive : 1 - positive);
    }
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      if (probabilities[i] > probabilities[best]) {
        best = i;
      }
    }
    return classes.get(best);
  }
}
