package io.thorax.persistence;

import io.smallrye.mutiny.Uni;
import io.thorax.study.Sha256;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** The statements behind {@link ModelRepository}'s aliases. */
final class AliasHistory {
  private static final String TURN =
      "select 1 from (select pg_advisory_xact_lock(hashtext('model_alias:' || :alias))) turn";

  private static final String CURRENT =
      "from AliasEntity a where a.alias = :alias order by a.revision desc";

  private static final String MOVE =
      """
      insert into model_alias (alias, revision, model_digest, previous, reason)
      values (:alias, :revision, :digest, nullif(:previous, 0), :reason) returning *""";

  private static final String ALL_CURRENT =
      """
      from AliasEntity a where a.revision =
        (select max(b.revision) from AliasEntity b where b.alias = a.alias)
      order by a.alias""";

  private AliasHistory() {}

  static Uni<AliasRevision> promote(
      Mutiny.StatelessSession session, Optional<AliasRevision> now, Promotion promotion) {
    int current = now.map(AliasRevision::revision).orElse(0);
    return move(
        session, promotion.alias(), current + 1, promotion.model(), current, promotion.reason());
  }

  static Uni<Optional<AliasRevision>> rollback(
      Mutiny.StatelessSession session, List<AliasRevision> history, String reason) {
    return history.stream()
        .findFirst()
        .filter(now -> now.previous().isPresent())
        .map(
            now -> {
              AliasRevision back = history.get(now.revision() - now.previous().getAsInt());
              int before = back.previous().orElse(0);
              return move(session, now.alias(), now.revision() + 1, back.model(), before, reason)
                  .map(Optional::of);
            })
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  private static Uni<AliasRevision> move(
      Mutiny.StatelessSession session,
      String alias,
      int revision,
      Sha256 model,
      int previous,
      String reason) {
    return session
        .createNativeQuery(MOVE, AliasEntity.class)
        .setParameter("alias", alias)
        .setParameter("revision", revision)
        .setParameter("digest", model.hex())
        .setParameter("previous", previous)
        .setParameter("reason", reason)
        .getSingleResult()
        .map(AliasEntity::revision);
  }

  /** Held until the transaction ends; what is read after it is up to date. */
  static Uni<Void> turn(Mutiny.StatelessSession session, String alias) {
    return session
        .createNativeQuery(TURN, Integer.class)
        .setParameter("alias", alias)
        .getSingleResult()
        .replaceWithVoid();
  }

  static Uni<Optional<AliasRevision>> current(Mutiny.StatelessSession session, String alias) {
    return session
        .createSelectionQuery(CURRENT, AliasEntity.class)
        .setParameter("alias", alias)
        .setMaxResults(1)
        .getSingleResultOrNull()
        .map(row -> Optional.ofNullable(row).map(AliasEntity::revision));
  }

  static Uni<List<AliasRevision>> all(Mutiny.StatelessSession session, String alias) {
    return session
        .createSelectionQuery(CURRENT, AliasEntity.class)
        .setParameter("alias", alias)
        .getResultList()
        .map(AliasHistory::revisions);
  }

  static Uni<List<AliasRevision>> allCurrent(Mutiny.StatelessSession session) {
    return session
        .createSelectionQuery(ALL_CURRENT, AliasEntity.class)
        .getResultList()
        .map(AliasHistory::revisions);
  }

  private static List<AliasRevision> revisions(List<AliasEntity> rows) {
    return rows.stream().map(AliasEntity::revision).toList();
  }
}
