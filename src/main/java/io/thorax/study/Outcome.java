package io.thorax.study;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How a piece of work ended. {@code messaging} maps each kind to its event. */
public sealed interface Outcome {

  /** An image was read by a model. */
  record Classified(Prediction prediction) implements Outcome {}

  /**
   * An image was refused.
   *
   * @param id {@link Identifiers#rejection}
   */
  record Rejected(
      UUID id,
      ImageReference image,
      Optional<String> studyInstanceUid,
      RejectReason reason,
      String detail)
      implements Outcome {}

  /**
   * A data set is complete and can be trained on.
   *
   * @param artifacts by name, as {@code bucket/key}
   * @param summary counts by class, source and split; what was left out and why
   */
  record DatasetAssembled(
      RequestId request,
      String name,
      Sha256 digest,
      Map<String, String> artifacts,
      Map<String, Object> summary)
      implements Outcome {}

  /**
   * A training run has ended well.
   *
   * @param validationMetrics and {@code testMetrics}: by name
   * @param artifacts by name, as {@code bucket/key}
   */
  record TrainingCompleted(
      UUID run,
      String name,
      int bestTrial,
      Sha256 model,
      Map<String, Double> validationMetrics,
      Map<String, Double> testMetrics,
      Map<String, String> artifacts)
      implements Outcome {}

  /**
   * A request other than an upload cannot be met.
   *
   * @param retryable whether asking again may help
   */
  record RequestFailed(RequestId request, String topic, String reason, boolean retryable)
      implements Outcome {}
}
