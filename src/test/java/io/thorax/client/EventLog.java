package io.thorax.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Everything that the service publishes, read by a plain Kafka consumer in a thread of its own. It
 * belongs to no group, so that it reads each record once, also when the broker dies meanwhile.
 */
public final class EventLog implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * An event as it was read.
   *
   * @param id of the CloudEvent; null if it is none
   * @param data a missing node if the record's body is not JSON, as dead letters may be
   * @param headers the last of each name
   * @param sentMillis when its producer made it, by the clock of the machine
   */
  public record Event(
      String topic,
      int partition,
      long offset,
      String key,
      String id,
      Map<String, String> headers,
      JsonNode data,
      long sentMillis,
      long receivedNanos) {

    /** The key of the image that the event is about; empty if it is about none. */
    public String imageKey() {
      return data.path("image").path("key").asText();
    }
  }

  private final KafkaConsumer<String, byte[]> consumer;
  private final List<Event> events = new ArrayList<>();
  private final Consumer<Event> listener;
  private final Thread reader;

  private enum Start {
    BEGINNING,
    END
  }

  /** Reads everything that the topics hold. */
  public EventLog(String bootstrapServers, List<String> topics) {
    this(bootstrapServers, topics, event -> {}, Start.BEGINNING);
  }

  private EventLog(
      String bootstrapServers, List<String> topics, Consumer<Event> listener, Start start) {
    this.listener = listener;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    if (start == Start.BEGINNING) {
      consumer.seekToBeginning(partitions);
    } else {
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position); // a seek is lazy: without this, it is done at a poll
    }
    this.reader = new Thread(this::read, "event-log");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Reads what is published from now on: the positions are settled when this returns.
   *
   * @param listener is told of each event, on the reading thread
   */
  public static EventLog fromNow(
      String bootstrapServers, List<String> topics, Consumer<Event> listener) {
    return new EventLog(bootstrapServers, topics, listener, Start.END);
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

  /** The events of a topic about images whose keys begin so, in the order they were read. */
  public List<Event> events(String topic, String imageKeyPrefix) {
    return events(topic).stream()
        .filter(event -> event.imageKey().startsWith(imageKeyPrefix))
        .toList();
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
    Map<String, String> headers = new HashMap<>();
    for (Header header : read.headers()) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    return new Event(
        read.topic(),
        read.partition(),
        read.offset(),
        read.key(),
        headers.get("ce_id"),
        headers,
        data(read.value()),
        read.timestamp(),
        System.nanoTime());
  }

  private static JsonNode data(byte[] body) {
    try {
      return ThoraxClient.JSON.readTree(body);
    } catch (IOException e) {
      return MissingNode.getInstance();
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
