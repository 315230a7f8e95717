package io.thorax.persistence;

/** The SQL of {@link WorkQueue}. */
final class WorkStatements {
  static final String ENQUEUE =
      """
      insert into work_item (id, kind, parent, ordinal, spec)
      select id, kind, parent, ordinal, spec
      from json_populate_recordset(cast(null as work_item), cast(cast(:items as text) as json))
      order by id on conflict (id) do nothing""";

  /** The state that a claim leads to is worked out where the row is locked. */
  static final String CLAIM =
      """
      with next as materialized (
        select id, state in ('WAITING', 'RUNNING') as alive,
          case when state not in ('WAITING', 'RUNNING') then state
            when cancel_requested then 'CANCELLED'
            when attempts >= :maxAttempts then 'FAILED'
            else 'RUNNING' end as becomes
        from work_item
        where kind = :kind and not announced and (lease_until is null or lease_until < now())
        order by created_at, ordinal, id limit 1 for update skip locked)
      update work_item w set
        state = next.becomes,
        attempts = w.attempts + case when next.becomes = 'RUNNING' then 1 else 0 end,
        failure = case when next.alive and next.becomes = 'FAILED'
          then concat_ws('; ', w.failure, 'given up after ' || w.attempts || ' attempts, the last by '
            || coalesce(w.lease_owner, 'nobody'))
          else w.failure end,
        finished_at = case when next.alive and next.becomes <> 'RUNNING' then now()
          else w.finished_at end,
        lease_owner = :owner, lease_token = w.lease_token + 1,
        lease_until = now() + """
          + " "
          + Sql.interval("lease")
          + ", updated_at = now() from next where w.id = next.id returning "
          + WorkItemEntity.COLUMNS;

  private static final String MINE = " where id = :id and lease_token = :token ";
  private static final String AND_RUNNING = MINE + "and state = 'RUNNING'";

  static final String HEARTBEAT =
      "update work_item set progress = coalesce(cast(cast(:progress as text) as jsonb), progress),"
          + " lease_until = now() + "
          + Sql.interval("lease")
          + ", updated_at = now()"
          + AND_RUNNING
          + " returning cancel_requested";

  static final String CHECKPOINTED =
      "update work_item set attempts = 1, updated_at = now()" + AND_RUNNING;

  /** The lease goes on, so that whoever ended the item also announces it. */
  static final String END =
      """
      update work_item set state = :state, result = cast(cast(:result as text) as jsonb),
        failure = cast(:failure as text), finished_at = now(), updated_at = now(),
        lease_until = greatest(lease_until, now() + interval '30 seconds')"""
          + AND_RUNNING
          + " and not (cancel_requested and :state = 'FINISHED')";

  static final String BACK =
      "update work_item set state = 'WAITING', attempts = greatest(attempts - :given, 0),"
          + " failure = coalesce(cast(:failure as text), failure), lease_owner = null,"
          + " lease_until = now() + "
          + Sql.interval("pause")
          + ", updated_at = now()"
          + AND_RUNNING;

  static final String ANNOUNCED =
      "update work_item set announced = true, lease_until = null, updated_at = now()"
          + MINE
          + "and state in ('FINISHED', 'FAILED', 'CANCELLED')";

  static final String CANCEL =
      """
      update work_item set
        state = case when state = 'WAITING' then 'CANCELLED' else state end,
        finished_at = case when state = 'WAITING' then now() end,
        lease_until = case when state = 'WAITING' then null else lease_until end,
        cancel_requested = true, updated_at = now()
      where (parent = :id or id = :id) and state in ('WAITING', 'RUNNING')
      returning state""";

  private WorkStatements() {}
}
