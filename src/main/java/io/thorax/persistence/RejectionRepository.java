package io.thorax.persistence;

import io.smallrye.mutiny.Uni;
import io.thorax.study.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The rejections that {@link PredictionRepository#save} stored. */
@ApplicationScoped
public class RejectionRepository {
  private static final Keyset<RejectionEntity, Rejection> ALL = where("true");
  private static final Keyset<RejectionEntity, Rejection> OF_STUDY =
      where("p.place.studyInstanceUid = :study");
  private static final Keyset<RejectionEntity, Rejection> OF_KEY =
      where("p.place.key = :key and p.place.bucket = :bucket");
  private static final Keyset<RejectionEntity, Rejection> OF_IMAGE =
      where("p.place.sha256 = :image");

  private final Database database;

  @Inject
  public RejectionRepository(Database database) {
    this.database = database;
  }

  public Uni<Optional<Rejection>> find(UUID id) {
    return database.find(RejectionEntity.class, id, RejectionEntity::rejection);
  }

  public Uni<Page<Rejection>> latest(PageRequest request) {
    return ALL.page(database, request, Map.of());
  }

  public Uni<Page<Rejection>> byStudy(String studyInstanceUid, PageRequest request) {
    return OF_STUDY.page(database, request, Map.of("study", studyInstanceUid));
  }

  /** Of whatever images, in whatever versions, have lain there or were missing there. */
  public Uni<Page<Rejection>> byKey(String bucket, String key, PageRequest request) {
    return OF_KEY.page(database, request, Map.of("bucket", bucket, "key", key));
  }

  /**
   * Of this content, wherever it lay; also of a place that was said to hold it and did not. What
   * was rejected before it was read, under an event that named no digest, is not among them.
   */
  public Uni<Page<Rejection>> byImage(Sha256 image, PageRequest request) {
    return OF_IMAGE.page(database, request, Map.of("image", image.hex()));
  }

  private static Keyset<RejectionEntity, Rejection> where(String condition) {
    return Keyset.byUuid(
        RejectionEntity.class,
        "from RejectionEntity p where " + condition,
        RejectionEntity::rejection,
        RejectionEntity::cursor);
  }
}
