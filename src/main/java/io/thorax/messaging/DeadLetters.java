package io.thorax.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.thorax.study.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jboss.logging.Logger;

/**
 * Records that cannot be worked on go to {@code dead-letter}, as they came, with headers that tell
 * what went wrong. Nothing is dropped silently; {@code thorax.deadletters} above zero wants a look.
 */
@ApplicationScoped
class DeadLetters {
  private static final Logger LOG = Logger.getLogger(DeadLetters.class);
  private static final int MAX_MESSAGE_LENGTH = 1000;

  /**
   * A producer sends 1 MiB at most by default; what is larger stays where it is, its place named.
   */
  private static final int MAX_BYTES = 900_000;

  private static final int MAX_KEY_BYTES = 10_000;

  private final EventPublisher publisher;
  private final MeterRegistry meters;

  DeadLetters(EventPublisher publisher, MeterRegistry meters) {
    this.publisher = publisher;
    this.meters = meters;
  }

  /** Of an event that can never be read: one attempt was enough. */
  Uni<Void> send(Delivery<?> delivery, MalformedEventException failure) {
    Instant now = Instant.now();
    return send(delivery, failure, 1, now, now);
  }

  Uni<Void> send(
      Delivery<?> delivery, Throwable failure, int attempts, Instant firstAt, Instant lastAt) {
    ConsumerRecord<String, byte[]> original = delivery.kafkaRecord();
    LOG.errorf(
        "%s becomes a dead letter after %d attempt(s): %s: %s",
        delivery.position(), attempts, failure.getClass().getSimpleName(), failure.getMessage());
    meters.counter("thorax.deadletters", "topic", original.topic()).increment();
    boolean tooLarge = sizeOf(original) > MAX_BYTES;
    return publisher.publish(
        new ProducerRecord<>(
            Topic.DEAD_LETTER.topicName(),
            null,
            key(original),
            tooLarge ? new byte[0] : original.value(),
            headers(original, tooLarge, failure, attempts, firstAt, lastAt)));
  }

  private static Headers headers(
      ConsumerRecord<String, byte[]> original,
      boolean tooLarge,
      Throwable failure,
      int attempts,
      Instant firstAt,
      Instant lastAt) {
    Headers headers = new RecordHeaders();
    if (tooLarge) {
      put(headers, "thorax-original-size", Integer.toString(original.serializedValueSize()));
      put(headers, "thorax-original-sha256", Sha256.of(original.value()).hex());
    } else {
      original.headers().forEach(headers::add);
    }
    put(headers, "thorax-original-topic", original.topic());
    put(headers, "thorax-original-partition", Integer.toString(original.partition()));
    put(headers, "thorax-original-offset", Long.toString(original.offset()));
    put(headers, "thorax-failure-class", failure.getClass().getName());
    put(headers, "thorax-failure-message", shortened(failure.getMessage()));
    put(headers, "thorax-attempts", Integer.toString(attempts));
    put(headers, "thorax-first-attempt-at", firstAt.toString());
    put(headers, "thorax-last-attempt-at", lastAt.toString());
    return headers;
  }

  /** One that is too long is told by its digest. */
  private static String key(ConsumerRecord<String, byte[]> original) {
    return original.serializedKeySize() > MAX_KEY_BYTES
        ? "sha256:" + Sha256.ofUtf8(original.key())
        : original.key();
  }

  private static int sizeOf(ConsumerRecord<String, byte[]> original) {
    int size =
        Math.max(0, original.serializedValueSize()) + Math.max(0, original.serializedKeySize());
    for (Header header : original.headers()) {
      size += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return size;
  }

  private static String shortened(String message) {
    String text = String.valueOf(message);
    return text.length() <= MAX_MESSAGE_LENGTH ? text : text.substring(0, MAX_MESSAGE_LENGTH);
  }

  private static void put(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
