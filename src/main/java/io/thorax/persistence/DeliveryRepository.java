package io.thorax.persistence;

import io.smallrye.mutiny.Uni;
import io.thorax.persistence.SuspectSplit.Draft;
import io.thorax.study.Failure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Attempts at records, counted durably, so that a record that takes the process along is found out.
 *
 * <p>A batch costs one small statement before it ({@link #begin}: a row a partition, with the
 * offsets as a range) and one after it ({@link #end}). In quiet times the table is empty. What a
 * crash leaves open speaks for itself:
 *
 * <ol>
 *   <li>{@link #begin} of a batch that meets open ranges begins only the rest. The records that an
 *       open range covers come back as suspects, each as a range of its own from then on, with the
 *       attempts so far, the first and the last time and the error, if it was noted.
 *   <li>Each suspect is begun with {@link #beginAlone}, processed with nothing else in flight in
 *       the process, and ended. Who crashes now is guilty: {@link Range#attemptsAlone} counts only
 *       these attempts. {@link Range#attempts} counts those in company too, which innocents share.
 *   <li>When {@code beginAlone} answers with more attempts alone than allowed, the record is not
 *       processed but buried (dead letter), and its range is ended after that.
 * </ol>
 *
 * <p>A batch that fails without a crash takes the same way: {@link #failed} notes the error and
 * leaves the ranges open; {@code begin} of the same batch then answers with suspects. A failure
 * that is transient speaks against nobody: keep the ranges and repeat the work until it is done, or
 * {@link #end} them.
 *
 * <p>Ranges are ended by their row, not by their offsets: a consumer that lost its partition and
 * ends late cannot remove what its successor began. If the answer of {@code begin} is lost on the
 * way, the next {@code begin} takes the batch for suspect; that costs time, not correctness. A
 * crash between {@code end} and the publishing of the result is not counted: the record is then
 * delivered again as if new.
 */
@ApplicationScoped
public class DeliveryRepository {
  private final Database database;

  @Inject
  public DeliveryRepository(Database database) {
    this.database = database;
  }

  /**
   * Counts an attempt at a batch, before the work.
   *
   * @param group of the consumer: groups do not know of each other
   * @param batch of one or more topics and partitions; of each partition the records in a row
   */
  public Uni<Begun> begin(String group, List<Position> batch) {
    if (batch.isEmpty()) {
      return Uni.createFrom().item(new Begun(List.of(), List.of()));
    }
    return database
        .single(session -> DeliveryStatements.begin(session, group, SuspectSplit.spans(batch)))
        .chain(started -> withSuspects(group, batch, started));
  }

  /**
   * Counts an attempt at one record, before the work; the answer's counts include it.
   *
   * @param suspect as {@link #begin} named it
   * @param number of the attempt, from 1: one more than the attempts alone that were known before.
   *     Counting the same attempt again changes nothing, so an answer that is lost on the way does
   *     not speak against the record
   */
  public Uni<Range> beginAlone(String group, Position suspect, int number) {
    return database.single(
        session -> DeliveryStatements.beginAlone(session, group, suspect, number));
  }

  /** Notes why an attempt failed. The ranges stay open. */
  public Uni<Void> failed(List<Range> ranges, String error) {
    return database.single(session -> DeliveryStatements.note(session, ids(ranges), error));
  }

  /** The records are done with; their ranges go. Ending again is harmless. */
  public Uni<Void> end(List<Range> ranges) {
    return database.single(session -> DeliveryStatements.delete(session, ids(ranges)));
  }

  /**
   * Drops what no delivery will ever come for: records behind the committed offset, topics and
   * groups that are gone.
   *
   * @return how many ranges
   */
  public Uni<Integer> forget(Duration untouchedFor) {
    return database.single(session -> DeliveryStatements.forget(session, untouchedFor));
  }

  private Uni<Begun> withSuspects(String group, List<Position> batch, List<Range> started) {
    List<Position> rest =
        batch.stream()
            .filter(position -> started.stream().noneMatch(range -> range.contains(position)))
            .toList();
    if (rest.isEmpty()) {
      return Uni.createFrom().item(new Begun(started, List.of()));
    }
    return database.transaction(session -> split(session, group, rest, started));
  }

  /** The rare way: the open ranges are taken apart, the records that they do not cover begun. */
  private static Uni<Begun> split(
      Mutiny.StatelessSession session, String group, List<Position> batch, List<Range> started) {
    return DeliveryStatements.open(session, group, SuspectSplit.spans(batch), true)
        .chain(
            open -> {
              SuspectSplit split = SuspectSplit.of(batch, open);
              return DeliveryStatements.delete(session, ids(open))
                  .chain(() -> DeliveryStatements.insert(session, group, split.all()))
                  .map(stored -> begun(split, stored, started));
            });
  }

  private static Begun begun(SuspectSplit split, List<Range> stored, List<Range> started) {
    if (stored.size() != split.all().size()) {
      throw new Failure.Transient("another consumer has just begun some of these records", null);
    }
    List<Range> ranges = new ArrayList<>(started);
    ranges.addAll(matching(stored, split.clean()));
    return new Begun(ranges, matching(stored, split.suspects()));
  }

  private static List<Range> matching(List<Range> stored, List<Draft> drafts) {
    return drafts.stream()
        .flatMap(draft -> stored.stream().filter(range -> draft.startsAt(range.first())))
        .toList();
  }

  private static List<Long> ids(List<Range> ranges) {
    return ranges.stream().map(Range::id).toList();
  }
}
