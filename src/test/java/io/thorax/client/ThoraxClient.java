package io.thorax.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Thorax as its users reach it: a plain Kafka client, an S3 client and HTTP, none of the service's
 * own classes.
 */
public final class ThoraxClient implements AutoCloseable {
  public static final ObjectMapper JSON = new ObjectMapper();

  /** Of the events that this client sends. */
  public static final String SOURCE = "/client";

  private final Addresses addresses;
  private final KafkaProducer<String, byte[]> producer;
  private final MinioClient store;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  /**
   * Where the servers are.
   *
   * @param http of the service, for instance {@code http://127.0.0.1:8080}
   */
  public record Addresses(
      String kafka, String s3Endpoint, String accessKey, String secretKey, String http) {}

  public ThoraxClient(Addresses addresses) {
    this.addresses = addresses;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                addresses.kafka(),
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true),
            new StringSerializer(),
            new ByteArraySerializer());
    this.store =
        MinioClient.builder()
            .endpoint(addresses.s3Endpoint())
            .credentials(addresses.accessKey(), addresses.secretKey())
            .region("us-east-1")
            .build();
  }

  public Addresses addresses() {
    return addresses;
  }

  public void makeBucket(String bucket) {
    try {
      if (!store.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
        store.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
      }
    } catch (Exception e) {
      throw new IllegalStateException("bucket " + bucket, e);
    }
  }

  public void put(String bucket, String key, byte[] content) {
    try {
      store.putObject(
          PutObjectArgs.builder().bucket(bucket).object(key).stream(
                  new ByteArrayInputStream(content), (long) content.length, -1L)
              .build());
    } catch (Exception e) {
      throw new IllegalStateException(bucket + "/" + key, e);
    }
  }

  /**
   * Sends data as a CloudEvent in binary mode and returns the event's id when the broker has it.
   */
  public String send(String topic, String key, JsonNode data) {
    String id = UUID.randomUUID().toString();
    send(topic, key, id, data);
    return id;
  }

  public void send(String topic, String key, String id, JsonNode data) {
    sendRaw(binary(topic, key, id, data));
  }

  /** A CloudEvent in binary mode: attributes in the headers, data in the body. */
  public static ProducerRecord<String, byte[]> binary(
      String topic, String key, String id, JsonNode data) {
    ProducerRecord<String, byte[]> event =
        new ProducerRecord<>(topic, key, data.toString().getBytes(StandardCharsets.UTF_8));
    header(event, "ce_specversion", "1.0");
    header(event, "ce_id", id);
    header(event, "ce_source", SOURCE);
    header(event, "ce_type", "io.thorax." + topic + ".v1");
    header(event, "content-type", "application/json");
    return event;
  }

  /** A CloudEvent in structured mode: all of it in the body. */
  public static ProducerRecord<String, byte[]> structured(
      String topic, String key, String id, JsonNode data, boolean withContentType) {
    ObjectNode envelope = JSON.createObjectNode();
    envelope.put("specversion", "1.0").put("id", id).put("source", SOURCE);
    envelope.put("type", "io.thorax." + topic + ".v1").put("datacontenttype", "application/json");
    envelope.set("data", data);
    ProducerRecord<String, byte[]> event =
        new ProducerRecord<>(topic, key, envelope.toString().getBytes(StandardCharsets.UTF_8));
    if (withContentType) {
      header(event, "content-type", "application/cloudevents+json; charset=UTF-8");
    }
    return event;
  }

  /** Returns at once; the producer tries again until the broker has it, for two minutes. */
  public Future<RecordMetadata> sendLater(ProducerRecord<String, byte[]> event) {
    return producer.send(event);
  }

  public void sendRaw(ProducerRecord<String, byte[]> event) {
    try {
      producer.send(event).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** The data of an {@code xray.uploaded} event. */
  public static ObjectNode upload(String bucket, String key) {
    ObjectNode data = JSON.createObjectNode();
    data.putObject("image").put("bucket", bucket).put("key", key);
    return data;
  }

  public HttpResponse<String> get(String path) {
    return exchange(request(path).GET().build());
  }

  public HttpResponse<String> post(String path, String contentType, byte[] body) {
    return exchange(
        request(path)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  public HttpResponse<String> postJson(String path, JsonNode body) {
    return post(path, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
  }

  public HttpResponse<String> putJson(String path, JsonNode body) {
    return exchange(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body.toString()))
            .build());
  }

  public JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(addresses.http() + path))
        .timeout(Duration.ofSeconds(30));
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void header(ProducerRecord<String, byte[]> event, String name, String value) {
    event.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
