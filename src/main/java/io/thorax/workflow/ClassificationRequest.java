package io.thorax.workflow;

import io.thorax.study.ImageReference;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An X-ray to be read.
 *
 * @param model an alias or a digest; empty for the default one
 * @param explain methods of explanation that the sender asks for
 */
public record ClassificationRequest(
    ImageReference image,
    Optional<String> studyInstanceUid,
    Priority priority,
    Optional<String> model,
    List<String> explain) {

  /** How soon the sender needs the result. */
  public enum Priority {
    ROUTINE,
    URGENT
  }

  public ClassificationRequest {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(studyInstanceUid, "studyInstanceUid");
    Objects.requireNonNull(priority, "priority");
    Objects.requireNonNull(model, "model");
    explain = List.copyOf(explain);
  }
}
