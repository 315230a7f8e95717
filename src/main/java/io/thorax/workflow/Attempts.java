package io.thorax.workflow;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.thorax.persistence.DeliveryRepository;
import io.thorax.persistence.Position;
import io.thorax.persistence.Range;
import io.thorax.workflow.Outages.Server;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Attempts at records, counted in the database before each begins, so that they count even if the
 * attempt takes the process down. Outages of the database are waited out.
 */
@ApplicationScoped
public class Attempts {
  private static final Logger LOG = Logger.getLogger(Attempts.class);
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(7);

  private final DeliveryRepository deliveries;
  private final Outages outages;

  Attempts(DeliveryRepository deliveries, Outages outages) {
    this.deliveries = deliveries;
    this.outages = outages;
  }

  /** What no delivery will come for any more (a topic that is gone) does not stay for ever. */
  void start(@Observes StartupEvent started) {
    outages
        .waitOut(Server.DATABASE, () -> deliveries.forget(FORGOTTEN_AFTER))
        .subscribe()
        .with(
            dropped -> LOG.debugf("%d old attempts dropped", dropped),
            e -> LOG.warnf("old attempts were not dropped: %s", e.getMessage()));
  }

  /** Attempts that were begun, to be ended when what they gave is durable. */
  public static final class Begun {
    private final List<Range> ranges;
    private final Map<DeliveryPosition, Integer> suspects = new HashMap<>();

    private Begun(List<Range> ranges, List<Range> suspects) {
      this.ranges = ranges;
      suspects.forEach(range -> this.suspects.put(position(range.first()), range.attemptsAlone()));
    }

    /** Whether a record was in work when a process ended: it is to be worked on alone. */
    public boolean suspects(DeliveryPosition record) {
      return suspects.containsKey(record);
    }

    /** How often it was worked on alone before. */
    public int attemptsAlone(DeliveryPosition record) {
      return suspects.getOrDefault(record, 0);
    }
  }

  /**
   * An attempt at one record alone.
   *
   * @param number of the attempts alone, this one included
   * @param error of the attempt before, if it was noted
   */
  public record Attempt(
      Range range, int number, Instant firstAt, Instant lastAt, Optional<String> error) {}

  /** Counts an attempt at a batch: all of its records, in their order. */
  public Uni<Begun> begin(String group, List<DeliveryPosition> batch) {
    List<Position> positions = batch.stream().map(Attempts::position).toList();
    return outages
        .waitOut(Server.DATABASE, () -> deliveries.begin(group, positions))
        .map(begun -> new Begun(begun.ranges(), begun.suspects()));
  }

  public Uni<Void> end(Begun begun) {
    return outages.waitOut(Server.DATABASE, () -> deliveries.end(begun.ranges));
  }

  /**
   * Counts an attempt at one record alone.
   *
   * @param number of the attempt, from 1, as far as it is known here; the answer's may be higher
   */
  public Uni<Attempt> beginAlone(String group, DeliveryPosition record, int number) {
    return outages
        .waitOut(Server.DATABASE, () -> deliveries.beginAlone(group, position(record), number))
        .map(
            range ->
                new Attempt(
                    range, range.attemptsAlone(), range.firstAt(), range.lastAt(), range.error()));
  }

  /** Notes why an attempt failed; it stays counted. */
  public Uni<Void> failed(Attempt attempt, String error) {
    return outages.waitOut(
        Server.DATABASE, () -> deliveries.failed(List.of(attempt.range()), error));
  }

  public Uni<Void> end(Attempt attempt) {
    return outages.waitOut(Server.DATABASE, () -> deliveries.end(List.of(attempt.range())));
  }

  private static Position position(DeliveryPosition record) {
    return new Position(record.topic(), record.partition(), record.offset());
  }

  private static DeliveryPosition position(Position record) {
    return new DeliveryPosition(record.topic(), record.partition(), record.offset());
  }
}
