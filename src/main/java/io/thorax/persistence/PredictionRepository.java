package io.thorax.persistence;

import io.smallrye.mutiny.Uni;
import io.thorax.study.Outcome;
import io.thorax.study.Prediction;
import io.thorax.study.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Predictions.
 *
 * <p>An image under a model has one prediction, however often and under whatever keys and studies
 * it was named; each of those names is a reference of its own. {@link #find}, {@link #byImage} and
 * {@link #latest} show a prediction with the first of them, {@link #byStudy} and {@link #byKey}
 * with the one that was asked for.
 */
@ApplicationScoped
public class PredictionRepository {
  private static final Keyset<PredictionEntity, Prediction> ALL =
      Keyset.byUuid(
          PredictionEntity.class,
          "from PredictionEntity p where true",
          PredictionEntity::prediction,
          PredictionEntity::cursor);
  private static final Keyset<PredictionEntity, Prediction> OF_IMAGE =
      Keyset.byUuid(
          PredictionEntity.class,
          "from PredictionEntity p where p.place.sha256 = :image",
          PredictionEntity::prediction,
          PredictionEntity::cursor);
  private static final Keyset<Object[], Prediction> OF_STUDY =
      referred("%s.place.studyInstanceUid = :study");
  private static final Keyset<Object[], Prediction> OF_KEY =
      referred("%1$s.place.key = :key and %1$s.place.bucket = :bucket");

  private final Database database;

  @Inject
  public PredictionRepository(Database database) {
    this.database = database;
  }

  /**
   * Stores a batch of predictions and rejections, all or nothing, in one statement. What is stored
   * already stays as it is, so that saving again is harmless; a new reference to a known prediction
   * is added.
   *
   * @throws IllegalArgumentException if an outcome is neither Classified nor Rejected
   */
  public Uni<Void> save(List<? extends Outcome> outcomes) {
    if (outcomes.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return database.single(new OutcomeStatement(outcomes)::run);
  }

  public Uni<Optional<Prediction>> find(UUID id) {
    return database.find(PredictionEntity.class, id, PredictionEntity::prediction);
  }

  /** Of the models that have seen the image, latest first, at most 200 of them. */
  public Uni<List<Prediction>> byImage(Sha256 image) {
    return OF_IMAGE
        .page(database, PageRequest.first(PageRequest.MAX_LIMIT), Map.of("image", image.hex()))
        .map(Page::items);
  }

  /** A prediction comes once, even if several keys of the study hold its image. */
  public Uni<Page<Prediction>> byStudy(String studyInstanceUid, PageRequest request) {
    return OF_STUDY.page(database, request, Map.of("study", studyInstanceUid));
  }

  /** Of whatever images, in whatever versions, have lain there. */
  public Uni<Page<Prediction>> byKey(String bucket, String key, PageRequest request) {
    return OF_KEY.page(database, request, Map.of("bucket", bucket, "key", key));
  }

  public Uni<Page<Prediction>> latest(PageRequest request) {
    return ALL.page(database, request, Map.of());
  }

  /** Predictions with the first of their references that meet the condition. */
  private static Keyset<Object[], Prediction> referred(String condition) {
    String from =
        """
        select p, r from PredictionEntity p join ReferenceEntity r on r.predictionId = p.id
        where %s and not exists (
          select 1 from ReferenceEntity e
          where e.predictionId = r.predictionId and %s
            and (e.createdAt, e.id) < (r.createdAt, r.id))
        """
            .formatted(condition.formatted("r"), condition.formatted("e"));
    return Keyset.byUuid(
        Object[].class,
        from,
        row -> ((PredictionEntity) row[0]).predictionAt(((ReferenceEntity) row[1]).place),
        row -> ((PredictionEntity) row[0]).cursor());
  }
}
