package io.thorax.workflow;

import io.smallrye.mutiny.Uni;
import io.thorax.objectstore.ObjectAddress;
import io.thorax.objectstore.ObjectStore;
import io.thorax.objectstore.ObjectStoreConfig;
import io.thorax.persistence.PageRequest;
import io.thorax.persistence.PredictionRepository;
import io.thorax.persistence.Rejection;
import io.thorax.persistence.RejectionRepository;
import io.thorax.study.ImageFormat;
import io.thorax.study.Outcome;
import io.thorax.study.Prediction;
import io.thorax.study.Sha256;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What became of the X-rays. */
@ApplicationScoped
public class PredictionQueries {
  private static final PageRequest SOME = PageRequest.first(Paging.MAX_LIMIT);

  private final PredictionRepository predictions;
  private final RejectionRepository rejections;
  private final ObjectStore store;
  private final String artifactsBucket;
  private final Vertx vertx;

  PredictionQueries(
      PredictionRepository predictions,
      RejectionRepository rejections,
      ObjectStore store,
      ObjectStoreConfig storeConfig,
      Vertx vertx) {
    this.predictions = predictions;
    this.rejections = rejections;
    this.store = store;
    this.artifactsBucket = storeConfig.artifactsBucket();
    this.vertx = vertx;
  }

  /**
   * A stored rejection.
   *
   * @param rejectedAt when first
   */
  public record Refused(Outcome.Rejected rejection, Instant rejectedAt) {}

  /**
   * What is known of an image's content.
   *
   * @param predictions of all models that have read it, wherever it lay, latest first
   * @param rejections of the content, wherever it lay, latest first, at most 200 of them
   */
  public record ImageRecord(Sha256 sha256, List<Prediction> predictions, List<Refused> rejections) {

    /** Uploaded, but not yet read. */
    public boolean pending() {
      return predictions.isEmpty() && rejections.isEmpty();
    }
  }

  public Uni<Optional<Prediction>> find(UUID id) {
    return predictions.find(id);
  }

  public Uni<Listing<Prediction>> latest(Paging paging) {
    return Listing.of(paging, predictions::latest, prediction -> prediction);
  }

  public Uni<Listing<Prediction>> ofStudy(String studyInstanceUid, Paging paging) {
    return Listing.of(
        paging,
        request -> predictions.byStudy(studyInstanceUid, request),
        prediction -> prediction);
  }

  /** Of all models that have read the image; there are never so many that they are paged. */
  public Uni<Listing<Prediction>> ofImage(Sha256 image) {
    return predictions.byImage(image).map(found -> new Listing<>(found, Optional.empty()));
  }

  public Uni<Listing<Refused>> rejections(Paging paging) {
    return Listing.of(paging, rejections::latest, PredictionQueries::refused);
  }

  /** Empty if nothing is known of such an image, and none was uploaded. */
  public Uni<Optional<ImageRecord>> image(Sha256 image) {
    return Uni.combine()
        .all()
        .unis(predictions.byImage(image), rejectionsOf(image))
        .with((read, refused) -> new ImageRecord(image, read, refused))
        .chain(
            known ->
                known.pending()
                    ? uploaded(image).map(here -> here ? Optional.of(known) : Optional.empty())
                    : Uni.createFrom().item(Optional.of(known)));
  }

  private Uni<List<Refused>> rejectionsOf(Sha256 image) {
    return rejections
        .byImage(image, SOME)
        .map(page -> page.items().stream().map(PredictionQueries::refused).toList());
  }

  private Uni<Boolean> uploaded(Sha256 image) {
    return vertx.executeBlocking(
        () -> {
          for (ImageFormat format : ImageFormat.values()) {
            if (store.exists(ObjectAddress.of(artifactsBucket, SubmitImage.key(image, format)))) {
              return true;
            }
          }
          return false;
        },
        false);
  }

  private static Refused refused(Rejection rejection) {
    return new Refused(rejection.outcome(), rejection.rejectedAt());
  }
}
