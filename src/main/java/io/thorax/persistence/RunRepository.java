package io.thorax.persistence;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Training runs. A run ends once: whichever of {@link #finish}, {@link #fail} and {@link #cancel}
 * comes first stands, the others answer {@code false}.
 */
@ApplicationScoped
public class RunRepository {
  private static final Keyset<RunEntity, RunRecord> ALL =
      Keyset.byUuid(
          RunEntity.class, "from RunEntity p where true", RunEntity::run, RunEntity::cursor);

  private static final String CREATE =
      """
      insert into training_run (id, name, spec)
      values (:id, :name, cast(cast(:spec as text) as jsonb)) on conflict (id) do nothing""";

  private static final String START =
      "update training_run set state = 'RUNNING', updated_at = now()"
          + " where id = :id and state = 'WAITING'";

  private static final String END =
      """
      update training_run set state = :state, result = cast(cast(:result as text) as jsonb),
        failure = cast(:failure as text), finished_at = now(), updated_at = now()
      where id = :id and state in ('WAITING', 'RUNNING')""";

  private final Database database;

  @Inject
  public RunRepository(Database database) {
    this.database = database;
  }

  /**
   * Records a run together with its trials, all or nothing.
   *
   * @return false if the run is known: then nothing changes
   * @throws IllegalArgumentException if the specification is no JSON
   */
  public Uni<Boolean> createIfAbsent(UUID id, String name, String specJson, List<NewWork> trials) {
    String spec = Json.require(specJson, "specJson");
    return database.transaction(
        session ->
            session
                .createNativeQuery(CREATE)
                .setParameter("id", id)
                .setParameter("name", name)
                .setParameter("spec", spec)
                .executeUpdate()
                .chain(
                    rows ->
                        rows == 0
                            ? Uni.createFrom().item(false)
                            : WorkQueue.enqueue(session, trials).replaceWith(true)));
  }

  /** WAITING to RUNNING; false if it was not waiting. */
  public Uni<Boolean> started(UUID id) {
    return database
        .single(session -> session.createNativeQuery(START).setParameter("id", id).executeUpdate())
        .map(rows -> rows == 1);
  }

  /**
   * Ends the run well and promotes its model, both or neither: a run that has ended otherwise moves
   * no alias, and neither does telling of the same end again.
   */
  public Uni<Boolean> finish(UUID id, String resultJson, Optional<Promotion> promotion) {
    String result = Json.require(resultJson, "resultJson");
    return database.transaction(
        session ->
            end(session, id, WorkState.FINISHED, result, null)
                .call(
                    ended ->
                        ended && promotion.isPresent()
                            ? ModelRepository.promote(session, promotion.get())
                            : Uni.createFrom().voidItem()));
  }

  public Uni<Boolean> fail(UUID id, String cause) {
    return database.single(session -> end(session, id, WorkState.FAILED, null, cause));
  }

  /**
   * Cancels the run and its trials: those that wait at once, those that run by asking them.
   *
   * @return false if nothing of it waits or runs: it ends, or has ended, without being cancelled
   */
  public Uni<Boolean> cancel(UUID id) {
    return database.transaction(
        session ->
            WorkQueue.cancel(session, id)
                .chain(
                    trials ->
                        trials.none()
                            ? Uni.createFrom().item(false)
                            : end(session, id, WorkState.CANCELLED, null, null)));
  }

  public Uni<Optional<RunRecord>> find(UUID id) {
    return database.find(RunEntity.class, id, RunEntity::run);
  }

  public Uni<Page<RunRecord>> latest(PageRequest request) {
    return ALL.page(database, request, Map.of());
  }

  private static Uni<Boolean> end(
      Mutiny.StatelessSession session, UUID id, WorkState state, String result, String failure) {
    return session
        .createNativeQuery(END)
        .setParameter("id", id)
        .setParameter("state", state.name())
        .setParameter("result", result)
        .setParameter("failure", failure)
        .executeUpdate()
        .map(rows -> rows == 1);
  }
}
