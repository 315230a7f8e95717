package io.thorax.persistence;

import io.smallrye.mutiny.Uni;
import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import io.thorax.study.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Models and the aliases that point to them. An alias has a history: promoting and rolling back add
 * to it, nothing is overwritten. Moves of one alias take turns.
 */
@ApplicationScoped
public class ModelRepository {
  private static final Keyset<ModelEntity, ModelRecord> ALL =
      new Keyset<>(
          ModelEntity.class,
          "from ModelEntity p where true",
          "digest",
          digest -> digest,
          ModelEntity::model,
          ModelEntity::cursor);

  private static final String SAVE =
      """
      insert into model (digest, name, manifest, artifacts, run_id, created_at)
      values (:digest, :name, cast(cast(:manifest as text) as jsonb),
        cast(cast(:artifacts as text) as jsonb), cast(cast(:run as text) as uuid),
        cast(cast(:created as text) as timestamptz))
      on conflict (digest) do nothing""";

  private final Database database;

  @Inject
  public ModelRepository(Database database) {
    this.database = database;
  }

  /** A known digest stays as it is. */
  public Uni<Void> save(ModelRecord model) {
    return database
        .single(
            session ->
                session
                    .createNativeQuery(SAVE)
                    .setParameter("digest", model.digest().hex())
                    .setParameter("name", model.name())
                    .setParameter("manifest", model.manifestJson())
                    .setParameter("artifacts", Json.write(model.artifacts()))
                    .setParameter("run", model.runId().map(Object::toString).orElse(null))
                    .setParameter("created", model.createdAt().toString())
                    .executeUpdate())
        .replaceWithVoid();
  }

  public Uni<Optional<ModelRecord>> find(Sha256 digest) {
    return database.find(ModelEntity.class, digest.hex(), ModelEntity::model);
  }

  public Uni<Page<ModelRecord>> latest(PageRequest request) {
    return ALL.page(database, request, Map.of());
  }

  /** The model that the alias names now. */
  public Uni<Optional<Sha256>> resolve(String alias) {
    return database
        .single(session -> AliasHistory.current(session, alias))
        .map(now -> now.map(AliasRevision::model));
  }

  /** Every alias as it stands. */
  public Uni<List<AliasRevision>> aliases() {
    return database.single(AliasHistory::allCurrent);
  }

  /** Every revision of the alias, latest first. */
  public Uni<List<AliasRevision>> history(String alias) {
    return database.single(session -> AliasHistory.all(session, alias));
  }

  /**
   * Points the alias to a model. If it points there already, nothing changes.
   *
   * @return the revision now in force; fails with Rejected UNKNOWN_MODEL if there is no such model
   */
  public Uni<AliasRevision> promote(String alias, Sha256 model, String reason) {
    return database.transaction(session -> promote(session, new Promotion(alias, model, reason)));
  }

  static Uni<AliasRevision> promote(Mutiny.StatelessSession session, Promotion promotion) {
    return requireModel(session, promotion.model())
        .chain(() -> AliasHistory.turn(session, promotion.alias()))
        .chain(() -> AliasHistory.current(session, promotion.alias()))
        .chain(
            now ->
                now.filter(revision -> revision.model().equals(promotion.model()))
                    .map(revision -> Uni.createFrom().item(revision))
                    .orElseGet(() -> AliasHistory.promote(session, now, promotion)));
  }

  /**
   * Points the alias to what it named before the last promotion that is still in force: rolling
   * back twice goes back two promotions.
   *
   * @return the new revision; empty if there is nothing to go back to
   */
  public Uni<Optional<AliasRevision>> rollback(String alias, String reason) {
    return database.transaction(
        session ->
            AliasHistory.turn(session, alias)
                .chain(() -> AliasHistory.all(session, alias))
                .chain(history -> AliasHistory.rollback(session, history, reason)));
  }

  private static Uni<Void> requireModel(Mutiny.StatelessSession session, Sha256 model) {
    return session
        .get(ModelEntity.class, model.hex())
        .onItem()
        .ifNull()
        .failWith(
            () -> new Failure.Rejected(RejectReason.UNKNOWN_MODEL, "no model with digest " + model))
        .replaceWithVoid();
  }
}
