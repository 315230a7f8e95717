package io.thorax.stack;

import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;

/**
 * Numbers written to a server one after another by a thread of its own, until the server is gone,
 * and which of them the server acknowledged.
 */
final class Acknowledged implements AutoCloseable {
  private final Target target;
  private final Set<Integer> acknowledged = new TreeSet<>();
  private final AtomicBoolean stopped = new AtomicBoolean(true);
  private Thread writer;
  private int next;

  /** Where the numbers go. */
  private interface Target {
    /** Returns once the server has acknowledged the number. */
    void write(int number) throws Exception;

    Set<Integer> readAll() throws Exception;

    default void forget() throws Exception {}
  }

  private Acknowledged(Target target) {
    this.target = target;
  }

  /** Writes on, and returns when so many are acknowledged in sum. */
  void writeUntil(int count) throws InterruptedException {
    stopped.set(false);
    writer = new Thread(this::writeOn, "writer");
    writer.start();
    while (acknowledged().size() < count) {
      if (!writer.isAlive()) {
        throw new IllegalStateException("the writer ended after " + acknowledged().size());
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  private void writeOn() {
    while (!stopped.get()) {
      int number = next++;
      try {
        target.write(number);
      } catch (Exception serverIsGone) {
        return;
      }
      synchronized (acknowledged) {
        acknowledged.add(number);
      }
    }
  }

  void stop() throws Exception {
    stopped.set(true);
    writer.join();
    target.forget();
  }

  Set<Integer> acknowledged() {
    synchronized (acknowledged) {
      return Set.copyOf(acknowledged);
    }
  }

  Set<Integer> found() throws Exception {
    return target.readAll();
  }

  @Override
  public void close() throws Exception {
    stop();
  }

  static Acknowledged rows(PostgresServer.Database database) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create table kept (number int primary key)");
    }
    return new Acknowledged(
        new Target() {
          private Connection connection;

          @Override
          public void write(int number) throws Exception {
            if (connection == null) {
              connection = database.connect();
            }
            try (Statement statement = connection.createStatement()) {
              statement.execute("insert into kept values (" + number + ")");
            }
          }

          @Override
          public Set<Integer> readAll() throws Exception {
            Set<Integer> all = new HashSet<>();
            try (Connection reader = database.connect();
                Statement statement = reader.createStatement();
                ResultSet rows = statement.executeQuery("select number from kept")) {
              while (rows.next()) {
                all.add(rows.getInt(1));
              }
            }
            return all;
          }

          @Override
          public void forget() throws Exception {
            if (connection != null) {
              connection.close();
              connection = null;
            }
          }
        });
  }

  static Acknowledged records(KafkaServer kafka, String topic) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "acks", "all",
            "request.timeout.ms", 1_000,
            "delivery.timeout.ms", 1_500,
            "max.block.ms", 1_500);
    return new Acknowledged(
        new Target() {
          private KafkaProducer<Integer, byte[]> producer;

          @Override
          public void write(int number) throws Exception {
            if (producer == null) {
              producer =
                  new KafkaProducer<>(
                      settings,
                      new IntegerSerializer(),
                      new org.apache.kafka.common.serialization.ByteArraySerializer());
            }
            producer.send(new ProducerRecord<>(topic, number, new byte[100])).get();
          }

          @Override
          public Set<Integer> readAll() {
            return readTopic(kafka, topic);
          }

          @Override
          public void forget() {
            if (producer != null) {
              producer.close(Duration.ZERO);
              producer = null;
            }
          }
        });
  }

  private static Set<Integer> readTopic(KafkaServer kafka, String topic) {
    Set<Integer> all = new HashSet<>();
    try (KafkaConsumer<Integer, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new IntegerDeserializer(),
            new org.apache.kafka.common.serialization.ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<Integer, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          all.add(record.key());
        }
      }
    }
    return all;
  }

  static Acknowledged objects(S3Server s3, String bucket) {
    MinioClient client = s3.client();
    return new Acknowledged(
        new Target() {
          @Override
          public void write(int number) throws Exception {
            byte[] content = new byte[1_000];
            client.putObject(
                PutObjectArgs.builder().bucket(bucket).object(Integer.toString(number)).stream(
                        new ByteArrayInputStream(content), (long) content.length, -1L)
                    .build());
          }

          @Override
          public Set<Integer> readAll() throws Exception {
            Set<Integer> all = new HashSet<>();
            for (var item : client.listObjects(ListObjectsArgs.builder().bucket(bucket).build())) {
              String name = item.get().objectName();
              if (name.matches("[0-9]+") && item.get().size() == 1_000) {
                all.add(Integer.valueOf(name));
              }
            }
            return all;
          }
        });
  }
}
