package io.thorax.messaging;

import io.cloudevents.kafka.KafkaMessageFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.thorax.study.Failure;
import io.thorax.workflow.Outages;
import io.thorax.workflow.Outages.Server;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RetriableException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * Publishes events and says when the broker has them (acks=all). While the broker is away it waits
 * and tries again for ever: a result that was made is never dropped.
 */
@ApplicationScoped
class EventPublisher {
  private final MutinyEmitter<byte[]> emitter;
  private final Timer publishing;
  private final Outages outages;
  private final MeterRegistry meters;

  EventPublisher(
      @Channel("events-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
          MutinyEmitter<byte[]> emitter,
      Outages outages,
      MeterRegistry meters) {
    this.emitter = emitter;
    this.outages = outages;
    this.meters = meters;
    this.publishing =
        Timer.builder("thorax.stage")
            .tag("stage", "publish")
            .description("From handing events to the producer until the broker has them")
            .publishPercentileHistogram()
            .register(meters);
  }

  /** Completes when the broker has all of them. */
  Uni<Void> publish(List<OutboundEvent> events) {
    if (events.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Timer.Sample sample = Timer.start(meters);
    return Uni.join()
        .all(events.stream().map(this::publish).toList())
        .andCollectFailures()
        .replaceWithVoid()
        .invoke(() -> sample.stop(publishing));
  }

  Uni<Void> publish(OutboundEvent event) {
    ProducerRecord<String, byte[]> written =
        KafkaMessageFactory.<String>createWriter(event.topic().topicName(), null, null, event.key())
            .writeBinary(event.event());
    return publish(written)
        .invoke(
            () ->
                meters
                    .counter("thorax.events.published", "topic", event.topic().topicName())
                    .increment());
  }

  /** As it was read, with the headers that tell what went wrong. */
  Uni<Void> publish(ProducerRecord<String, byte[]> kafkaRecord) {
    return outages.waitOut(
        Server.KAFKA, () -> send(kafkaRecord).onFailure().transform(EventPublisher::sorted));
  }

  private Uni<Void> send(ProducerRecord<String, byte[]> kafkaRecord) {
    return emitter.sendMessage(
        Message.of(kafkaRecord.value())
            .addMetadata(
                OutgoingKafkaRecordMetadata.<String>builder()
                    .withTopic(kafkaRecord.topic())
                    .withKey(kafkaRecord.key())
                    .withHeaders(kafkaRecord.headers())
                    .build()));
  }

  /** SmallRye wraps what the producer says after its own retries, hence the causes. */
  private static Failure sorted(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriableException
          || cause instanceof AuthenticationException
          || cause instanceof AuthorizationException
          || cause instanceof OutOfOrderSequenceException) {
        return new Failure.Transient("Kafka does not take events", failure);
      }
    }
    return Failure.of(failure);
  }
}
