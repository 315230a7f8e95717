package io.thorax.persistence;

import io.smallrye.mutiny.Uni;
import io.thorax.persistence.SuspectSplit.Draft;
import java.time.Duration;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The SQL of {@link DeliveryRepository}. */
final class DeliveryStatements {
  private static final String COLUMNS =
      """
      consumer_group, topic, partition_number, first_offset, last_offset, attempts, \
      attempts_alone, first_at, last_at, error""";

  private static final String WANTED =
      """
      select consumer_group, topic, partition_number, first_offset, last_offset, attempts, \
      attempts_alone, coalesce(first_at, now()) as first_at, coalesce(last_at, now()) as last_at, \
      error from json_populate_recordset(cast(null as delivery_range), \
      cast(cast(:ranges as text) as json))""";

  private static final String MEETS =
      """
      d.consumer_group = w.consumer_group and d.topic = w.topic \
      and d.partition_number = w.partition_number \
      and d.first_offset <= w.last_offset and d.last_offset >= w.first_offset""";

  private static final String INSERT = "insert into delivery_range (" + COLUMNS + ") ";
  private static final String IN_ORDER = " order by topic, partition_number, first_offset";

  /** Each range that meets no open one. */
  private static final String BEGIN =
      INSERT
          + ("select " + COLUMNS + " from (" + WANTED + ") w")
          + (" where not exists (select 1 from delivery_range d where " + MEETS + ")")
          + (IN_ORDER + " on conflict do nothing returning *");

  private static final String STORE =
      INSERT + WANTED + IN_ORDER + " on conflict do nothing returning *";

  private static final String BEGIN_ALONE =
      INSERT
          + WANTED
          + """
           on conflict (consumer_group, topic, partition_number, first_offset) do update set \
          attempts = delivery_range.attempts \
          + case when delivery_range.attempts_alone < excluded.attempts_alone then 1 else 0 end, \
          attempts_alone = greatest(delivery_range.attempts_alone, excluded.attempts_alone), \
          last_at = now() returning *""";

  private static final String OPEN =
      "select d.* from delivery_range d join (" + WANTED + ") w on " + MEETS;

  private static final String LISTED =
      " where id in (select cast(json_array_elements_text(cast(cast(:ids as text) as json)) as bigint))";

  private DeliveryStatements() {}

  static Uni<List<Range>> begin(Mutiny.StatelessSession session, String group, List<Draft> spans) {
    return ranges(session, BEGIN, group, spans);
  }

  static Uni<List<Range>> insert(
      Mutiny.StatelessSession session, String group, List<Draft> drafts) {
    return ranges(session, STORE, group, drafts);
  }

  static Uni<Range> beginAlone(
      Mutiny.StatelessSession session, String group, Position record, int number) {
    return ranges(session, BEGIN_ALONE, group, List.of(Draft.begunAlone(record, number)))
        .map(ranges -> ranges.get(0));
  }

  /**
   * @param lock so that nobody else takes the same ranges apart
   */
  static Uni<List<Range>> open(
      Mutiny.StatelessSession session, String group, List<Draft> spans, boolean lock) {
    String order = " order by d.topic, d.partition_number, d.first_offset";
    return ranges(session, OPEN + order + (lock ? " for update of d" : ""), group, spans);
  }

  static Uni<Void> note(Mutiny.StatelessSession session, List<Long> ids, String error) {
    return session
        .createNativeQuery(
            "update delivery_range set error = cast(:error as text), last_at = now()" + LISTED)
        .setParameter("error", error.replace('\0', '\uFFFD'))
        .setParameter("ids", Json.write(ids))
        .executeUpdate()
        .replaceWithVoid();
  }

  static Uni<Void> delete(Mutiny.StatelessSession session, List<Long> ids) {
    return session
        .createNativeQuery("delete from delivery_range" + LISTED)
        .setParameter("ids", Json.write(ids))
        .executeUpdate()
        .replaceWithVoid();
  }

  static Uni<Integer> forget(Mutiny.StatelessSession session, Duration untouchedFor) {
    return session
        .createNativeQuery(
            "delete from delivery_range where last_at < now() - " + Sql.interval("untouched"))
        .setParameter("untouched", untouchedFor.toMillis())
        .executeUpdate();
  }

  private static Uni<List<Range>> ranges(
      Mutiny.StatelessSession session, String sql, String group, List<Draft> drafts) {
    return session
        .createNativeQuery(sql, DeliveryRangeEntity.class)
        .setParameter("ranges", Json.write(drafts.stream().map(draft -> draft.row(group)).toList()))
        .getResultList()
        .map(rows -> rows.stream().map(DeliveryRangeEntity::range).toList());
  }
}
