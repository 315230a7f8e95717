package io.thorax.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Everything that the service publishes, read by a plain Kafka consumer in a thread of its own. */
public final class EventLog implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  /** An event as it was read. */
  public record Event(String topic, String key, String id, JsonNode data, long receivedNanos) {}

  private final KafkaConsumer<String, byte[]> consumer;
  private final List<Event> events = new ArrayList<>();
  private final Consumer<Event> listener;
  private final Thread reader;

  public EventLog(String bootstrapServers, List<String> topics) {
    this(bootstrapServers, topics, event -> {});
  }

  /**
   * @param listener is told of each event, on the reading thread
   */
  public EventLog(String bootstrapServers, List<String> topics, Consumer<Event> listener) {
    this.listener = listener;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG,
                "reader-" + UUID.randomUUID(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(topics);
    this.reader = new Thread(this::read, "event-log");
    reader.setDaemon(true);
    reader.start();
  }

  public List<Event> events(String topic) {
    synchronized (events) {
      return events.stream().filter(event -> event.topic().equals(topic)).toList();
    }
  }

  /** Events so far, of all topics. */
  public int count() {
    synchronized (events) {
      return events.size();
    }
  }

  /** Returns with the next event, or when the time is over. */
  public void awaitMore(Duration timeout) {
    synchronized (events) {
      try {
        events.wait(timeout.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits until an event matches. */
  public Optional<Event> await(Predicate<Event> wanted, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    synchronized (events) {
      while (true) {
        Optional<Event> found = events.stream().filter(wanted).findFirst();
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (found.isPresent() || millis <= 0) {
          return found;
        }
        try {
          events.wait(millis);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return Optional.empty();
        }
      }
    }
  }

  private void read() {
    try {
      while (true) {
        for (ConsumerRecord<String, byte[]> read : consumer.poll(POLL)) {
          Event event = event(read);
          synchronized (events) {
            events.add(event);
            events.notifyAll();
          }
          listener.accept(event);
        }
      }
    } catch (WakeupException e) {
      consumer.close();
    }
  }

  private static Event event(ConsumerRecord<String, byte[]> read) {
    Header id = read.headers().lastHeader("ce_id");
    try {
      return new Event(
          read.topic(),
          read.key(),
          id == null ? null : new String(id.value(), StandardCharsets.UTF_8),
          ThoraxClient.JSON.readTree(read.value()),
          System.nanoTime());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      reader.join(5000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
