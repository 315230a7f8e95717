package io.thorax.messaging;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.thorax.study.Failure;
import io.thorax.study.Outcome;
import io.thorax.workflow.Attempts;
import io.thorax.workflow.Result;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * The way of a batch of records: read, worked on, published. Completes only when every record's
 * outcome is durable and its event is with the broker, or the record is a dead letter; only then
 * may the batch be acknowledged.
 *
 * <p>A record that fails for no known reason, or that was in flight when a process died, is worked
 * on alone in the process, so that whoever takes it down next is known; its attempts are counted in
 * the database before each begins, so that they count over crashes too.
 */
@ApplicationScoped
class DeliveryPipeline {
  private static final Logger LOG = Logger.getLogger(DeliveryPipeline.class);

  /** Should a batch fail as a whole, its stream must not: it is begun again, record by record. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Attempts attempts;
  private final EventPublisher publisher;
  private final DeadLetters deadLetters;
  private final OutcomeEvents events;
  private final MessagingConfig config;
  private final Drain drain;
  private final Gate gate = new Gate();

  DeliveryPipeline(
      Attempts attempts,
      EventPublisher publisher,
      DeadLetters deadLetters,
      OutcomeEvents events,
      MessagingConfig config,
      Drain drain) {
    this.attempts = attempts;
    this.publisher = publisher;
    this.deadLetters = deadLetters;
    this.events = events;
    this.config = config;
    this.drain = drain;
  }

  /**
   * @param group of the consumer
   * @param read gives the requests of a record, or throws {@link MalformedEventException}
   * @param work gives a result for each request, in their order
   */
  <T> Uni<Void> process(
      String group,
      KafkaRecordBatch<String, byte[]> batch,
      Function<ConsumerRecord<String, byte[]>, List<T>> read,
      Function<List<T>, Uni<List<Result>>> work) {
    return drain.guard(
        () ->
            Uni.createFrom()
                .deferred(() -> attempt(group, batch, read, work))
                .onFailure()
                .invoke(e -> LOG.error("a batch is begun again", e))
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely());
  }

  private <T> Uni<Void> attempt(
      String group,
      KafkaRecordBatch<String, byte[]> batch,
      Function<ConsumerRecord<String, byte[]>, List<T>> read,
      Function<List<T>, Uni<List<Result>>> work) {
    List<Delivery<T>> deliveries =
        batch.getRecords().stream().map(r -> read(consumerRecord(r), read)).toList();
    return attempts
        .begin(group, deliveries.stream().map(Delivery::position).toList())
        .chain(
            begun -> new Work<>(group, work).on(deliveries, begun).chain(() -> attempts.end(begun)))
        .chain(() -> Uni.createFrom().completionStage(batch.ack()));
  }

  /** One batch's work. */
  private final class Work<T> {
    private final String group;
    private final Function<List<T>, Uni<List<Result>>> work;

    Work(String group, Function<List<T>, Uni<List<Result>>> work) {
      this.group = group;
      this.work = work;
    }

    Uni<Void> on(List<Delivery<T>> deliveries, Attempts.Begun begun) {
      List<Delivery<T>> sound = new ArrayList<>();
      List<Supplier<Uni<Void>>> steps = new ArrayList<>();
      steps.add(() -> together(sound));
      for (Delivery<T> delivery : deliveries) {
        if (delivery.malformed().isPresent()) {
          steps.add(() -> deadLetters.send(delivery, delivery.malformed().get()));
        } else if (begun.suspects(delivery.position())) {
          LOG.infof("%s was in work when a process ended", delivery.position());
          int known = begun.attemptsAlone(delivery.position());
          steps.add(() -> alone(delivery, known + 1, Optional.empty()));
        } else {
          sound.add(delivery);
        }
      }
      return inTurn(steps);
    }

    private Uni<Void> together(List<Delivery<T>> deliveries) {
      List<T> requests = deliveries.stream().flatMap(d -> d.requests().stream()).toList();
      if (requests.isEmpty()) {
        return Uni.createFrom().voidItem();
      }
      return gate.together(() -> attempt(requests)).chain(results -> settle(deliveries, results));
    }

    private Uni<Void> settle(List<Delivery<T>> deliveries, List<Result> results) {
      List<Outcome> outcomes = new ArrayList<>();
      List<Supplier<Uni<Void>>> steps = new ArrayList<>();
      steps.add(() -> publish(outcomes));
      int next = 0;
      for (Delivery<T> delivery : deliveries) {
        List<Result> mine = results.subList(next, next + delivery.requests().size());
        next += delivery.requests().size();
        Optional<Failure.Poison> poison = poison(mine);
        if (poison.isPresent()) {
          steps.add(() -> alone(delivery, 1, poison));
        } else {
          outcomes.addAll(outcomes(mine));
        }
      }
      return inTurn(steps);
    }

    /**
     * @param number of the attempt alone, from 1
     * @param before the failure of the attempt before, if it is known
     */
    private Uni<Void> alone(Delivery<T> delivery, int number, Optional<Failure.Poison> before) {
      return gate.alone(() -> begin(delivery, number, before))
          .chain(
              poison ->
                  poison.isEmpty()
                      ? Uni.createFrom().voidItem()
                      : pause().chain(() -> alone(delivery, number + 1, poison)));
    }

    /** Counted when nothing else is in work: nobody else can be blamed for what comes of it. */
    private Uni<Optional<Failure.Poison>> begin(
        Delivery<T> delivery, int number, Optional<Failure.Poison> before) {
      return attempts
          .beginAlone(group, delivery.position(), number)
          .chain(
              attempt ->
                  attempt.number() > config.maxAttempts()
                      ? bury(delivery, attempt, before).replaceWith(Optional.empty())
                      : once(delivery, attempt));
    }

    private Uni<Optional<Failure.Poison>> once(Delivery<T> delivery, Attempts.Attempt attempt) {
      return attempt(delivery.requests())
          .chain(
              results -> {
                Optional<Failure.Poison> poison = poison(results);
                Uni<Void> settled =
                    poison.isEmpty()
                        ? publish(outcomes(results)).chain(() -> attempts.end(attempt))
                        : attempts.failed(attempt, String.valueOf(poison.get().getMessage()));
                return settled.replaceWith(poison);
              });
    }

    private Uni<Void> pause() {
      return Uni.createFrom().voidItem().onItem().delayIt().by(config.attemptPause());
    }

    private Uni<Void> bury(
        Delivery<T> delivery, Attempts.Attempt attempt, Optional<Failure.Poison> before) {
      String noted = attempt.error().orElse("the process ended during each attempt");
      Failure.Poison failure = before.orElseGet(() -> new Failure.Poison(noted));
      return deadLetters
          .send(delivery, failure, attempt.number() - 1, attempt.firstAt(), attempt.lastAt())
          .chain(() -> attempts.end(attempt));
    }

    /** A failure of the whole call is one of each of its requests, which are then tried alone. */
    private Uni<List<Result>> attempt(List<T> requests) {
      return Uni.createFrom()
          .deferred(() -> work.apply(requests))
          .onFailure(e -> !(e instanceof Failure.Transient))
          .recoverWithItem(
              e -> {
                LOG.error("an attempt failed", e);
                Result failed = new Result.Poisoned(poisonOf(e));
                return requests.stream().map(r -> failed).toList();
              });
    }
  }

  private Uni<Void> publish(List<Outcome> outcomes) {
    return publisher.publish(outcomes.stream().map(events::event).toList());
  }

  private static <T> Delivery<T> read(
      ConsumerRecord<String, byte[]> kafkaRecord,
      Function<ConsumerRecord<String, byte[]>, List<T>> read) {
    try {
      return new Delivery<>(kafkaRecord, read.apply(kafkaRecord), Optional.empty());
    } catch (MalformedEventException e) {
      return new Delivery<>(kafkaRecord, List.of(), Optional.of(e));
    } catch (RuntimeException e) {
      return new Delivery<>(
          kafkaRecord,
          List.of(),
          Optional.of(new MalformedEventException("not readable: " + e.getMessage(), e)));
    }
  }

  @SuppressWarnings("unchecked")
  private static ConsumerRecord<String, byte[]> consumerRecord(
      KafkaRecord<String, byte[]> kafkaRecord) {
    return (ConsumerRecord<String, byte[]>)
        kafkaRecord.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow().getRecord();
  }

  private static Optional<Failure.Poison> poison(List<Result> results) {
    return results.stream()
        .filter(Result.Poisoned.class::isInstance)
        .map(result -> ((Result.Poisoned) result).failure())
        .findFirst();
  }

  private static List<Outcome> outcomes(List<Result> results) {
    return results.stream()
        .filter(Result.Done.class::isInstance)
        .map(result -> ((Result.Done) result).outcome())
        .toList();
  }

  private static Failure.Poison poisonOf(Throwable thrown) {
    return Failure.of(thrown) instanceof Failure.Poison poison
        ? poison
        : new Failure.Poison(thrown.getMessage(), thrown);
  }

  private static Uni<Void> inTurn(List<Supplier<Uni<Void>>> steps) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Supplier<Uni<Void>> step : steps) {
      all = all.chain(() -> step.get());
    }
    return all;
  }
}
