package io.thorax.persistence;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Work of hours, shared by all processes: rows that workers claim with a lease.
 *
 * <pre>
 *            claim                   finish
 *  WAITING ---------&gt; RUNNING ----------------&gt; FINISHED --+
 *     |  ^              |  |         fail                     |  announced
 *     |  +--------------+  +-----------------&gt; FAILED   --+-----------&gt; (at rest)
 *     |   release, retry   |  cancelled, claim                |
 *     +--------------------+-----------------&gt; CANCELLED --+
 *           cancel
 * </pre>
 *
 * <ul>
 *   <li>An item is claimable while it is not announced and no lease holds it: it waits; its worker
 *       is dead (the lease of a RUNNING item has run out); or it has ended and whoever ended it
 *       died before it told the world. The last comes back ended, to be announced only ({@link
 *       Claim#announceOnly}). Oldest first, siblings by their ordinal. Two claims never get the
 *       same item ({@code FOR UPDATE SKIP LOCKED}).
 *   <li>A claim raises the item's token, and each write names its token: a worker that was thought
 *       dead is fenced off from then on, its writes change nothing and answer {@code false} or
 *       {@link Heartbeat#LOST}. A lease that has run out alone fences nobody: while no one else has
 *       claimed the item, its worker may go on.
 *   <li>Leases are measured by the database's clock alone. Beat at least three times a lease.
 *   <li>Each claim is an attempt. An item that is claimed again after {@code maxAttempts} of them
 *       becomes FAILED and is handed out to be announced. {@link #release} gives the attempt back;
 *       {@link #checkpointed} counts from one again, since what crashes now is something new.
 *   <li>{@link #cancel} ends what waits and asks what runs. A worker that is asked ends with {@link
 *       #cancelled}; if it is dead, the next claim ends the item.
 * </ul>
 */
@ApplicationScoped
public class WorkQueue {
  private final Database database;

  @Inject
  public WorkQueue(Database database) {
    this.database = database;
  }

  /**
   * Queues work; an id that is known, in whatever state, stays as it is.
   *
   * @return how many items are new
   */
  public Uni<Integer> enqueue(List<NewWork> work) {
    return database.single(session -> enqueue(session, work));
  }

  /**
   * Claims one item of the kind, if there is one.
   *
   * @param owner who claims, for people to read: host and process
   * @param maxAttempts how many claims an item may have before it is given up
   */
  public Uni<Optional<Claim>> claim(String kind, String owner, Duration lease, int maxAttempts) {
    return database.single(
        session ->
            session
                .createNativeQuery(WorkStatements.CLAIM, WorkItemEntity.class)
                .setParameter("kind", kind)
                .setParameter("owner", owner)
                .setParameter("lease", lease.toMillis())
                .setParameter("maxAttempts", maxAttempts)
                .getSingleResultOrNull()
                .map(row -> Optional.ofNullable(row).map(WorkItemEntity::claim)));
  }

  /** A sign of life: the lease starts anew. */
  public Uni<Heartbeat> heartbeat(Claim claim, Duration lease) {
    return beat(claim, null, lease);
  }

  /** A sign of life with news. */
  public Uni<Heartbeat> heartbeat(Claim claim, String progressJson, Duration lease) {
    return beat(claim, Json.require(progressJson, "progressJson"), lease);
  }

  /** What was done so far is durable: attempts count from one again. */
  public Uni<Boolean> checkpointed(Claim claim) {
    return change(claim, WorkStatements.CHECKPOINTED, query -> query);
  }

  /** RUNNING to FINISHED; the claim stays, to announce. False if it is no longer the worker's. */
  public Uni<Boolean> finish(Claim claim, String resultJson) {
    return end(claim, WorkState.FINISHED, Json.require(resultJson, "resultJson"), null);
  }

  /** RUNNING to FAILED for good; the claim stays, to announce. */
  public Uni<Boolean> fail(Claim claim, String cause) {
    return end(claim, WorkState.FAILED, null, cause);
  }

  /** RUNNING to CANCELLED, as asked by {@link Heartbeat#CANCEL}; the claim stays, to announce. */
  public Uni<Boolean> cancelled(Claim claim) {
    return end(claim, WorkState.CANCELLED, null, null);
  }

  /** The world knows of the end, whatever it was: the item is at rest. */
  public Uni<Boolean> announced(Claim claim) {
    return change(claim, WorkStatements.ANNOUNCED, query -> query);
  }

  /**
   * RUNNING to WAITING through no fault of the item: a shutdown, or a server that is away.
   *
   * @param pause before anybody claims it again; zero for at once
   */
  public Uni<Boolean> release(Claim claim, Duration pause) {
    return back(claim, 1, null, pause);
  }

  /** RUNNING to WAITING after a failure: the attempt counts. */
  public Uni<Boolean> retry(Claim claim, String cause, Duration pause) {
    return back(claim, 0, cause, pause);
  }

  /** Cancels an item, or all items of a parent. */
  public Uni<Cancellation> cancel(UUID itemOrParent) {
    return database.single(session -> cancel(session, itemOrParent));
  }

  public Uni<Optional<WorkItem>> find(UUID id) {
    return database.find(WorkItemEntity.class, id, WorkItemEntity::item);
  }

  /** By ordinal. */
  public Uni<List<WorkItem>> ofParent(UUID parent) {
    String query = "from WorkItemEntity w where w.parent = :parent order by w.ordinal, w.id";
    return database.single(
        session ->
            session
                .createSelectionQuery(query, WorkItemEntity.class)
                .setParameter("parent", parent)
                .getResultList()
                .map(rows -> rows.stream().map(WorkItemEntity::item).toList()));
  }

  /** How many items of the kind wait or run: the queue's depth. */
  public Uni<Long> depth(String kind) {
    String query =
        "select count(*) from WorkItemEntity w where w.kind = :kind and not w.announced"
            + " and w.state in (WAITING, RUNNING)";
    return database.single(
        session ->
            session
                .createSelectionQuery(query, Long.class)
                .setParameter("kind", kind)
                .getSingleResult());
  }

  static Uni<Integer> enqueue(Mutiny.StatelessSession session, List<NewWork> work) {
    return session
        .createNativeQuery(WorkStatements.ENQUEUE)
        .setParameter("items", Json.write(work.stream().map(WorkItemEntity::row).toList()))
        .executeUpdate();
  }

  static Uni<Cancellation> cancel(Mutiny.StatelessSession session, UUID itemOrParent) {
    return session
        .createNativeQuery(WorkStatements.CANCEL, String.class)
        .setParameter("id", itemOrParent)
        .getResultList()
        .map(
            states -> {
              int cancelled =
                  (int) states.stream().filter(WorkState.CANCELLED.name()::equals).count();
              return new Cancellation(cancelled, states.size() - cancelled);
            });
  }

  private Uni<Heartbeat> beat(Claim claim, String progress, Duration lease) {
    return database
        .single(
            session ->
                session
                    .createNativeQuery(WorkStatements.HEARTBEAT, Boolean.class)
                    .setParameter("id", claim.item().id())
                    .setParameter("token", claim.token())
                    .setParameter("progress", progress)
                    .setParameter("lease", lease.toMillis())
                    .getSingleResultOrNull())
        .map(
            cancel -> cancel == null ? Heartbeat.LOST : cancel ? Heartbeat.CANCEL : Heartbeat.MINE);
  }

  private Uni<Boolean> end(Claim claim, WorkState state, String result, String failure) {
    return change(
        claim,
        WorkStatements.END,
        query ->
            query
                .setParameter("state", state.name())
                .setParameter("result", result)
                .setParameter("failure", failure));
  }

  private Uni<Boolean> back(Claim claim, int given, String failure, Duration pause) {
    return change(
        claim,
        WorkStatements.BACK,
        query ->
            query
                .setParameter("given", given)
                .setParameter("failure", failure)
                .setParameter("pause", pause.toMillis()));
  }

  /** A write of the claim's holder; false if the fence stopped it. */
  private Uni<Boolean> change(Claim claim, String sql, UnaryOperator<Mutiny.Query<?>> parameters) {
    return database
        .single(
            session ->
                parameters
                    .apply(
                        session
                            .createNativeQuery(sql)
                            .setParameter("id", claim.item().id())
                            .setParameter("token", claim.token()))
                    .executeUpdate())
        .map(rows -> rows == 1);
  }
}
