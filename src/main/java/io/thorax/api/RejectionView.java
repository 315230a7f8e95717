package io.thorax.api;

import io.thorax.study.Outcome;
import io.thorax.workflow.PredictionQueries.Refused;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A rejection as clients see it. */
@Schema(name = "Rejection", description = "An image that was refused; it has no probability")
record RejectionView(
    UUID id,
    ImageView image,
    Optional<String> studyInstanceUid,
    @Schema(examples = "corrupt") String reason,
    String detail,
    Instant rejectedAt) {

  static RejectionView of(Refused refused) {
    Outcome.Rejected rejection = refused.rejection();
    return new RejectionView(
        rejection.id(),
        ImageView.of(rejection.image()),
        rejection.studyInstanceUid(),
        rejection.reason().wireName(),
        rejection.detail(),
        refused.rejectedAt());
  }
}
