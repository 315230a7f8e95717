package io.thorax.messaging;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Kafka records as senders of all kinds make them. */
final class Records {
  static final int MAX_BYTES = 10_000;
  static final InboundEvents INBOUND = new InboundEvents(MAX_BYTES);

  private Records() {}

  static ConsumerRecord<String, byte[]> of(byte[] body, Map<String, String> headers) {
    ConsumerRecord<String, byte[]> made = new ConsumerRecord<>("topic", 0, 0, "key", body);
    headers.forEach(
        (name, value) -> made.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return made;
  }

  static ConsumerRecord<String, byte[]> bare(String body) {
    return of(body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** A CloudEvent in binary mode. */
  static ConsumerRecord<String, byte[]> binary(String data) {
    return of(
        data.getBytes(StandardCharsets.UTF_8),
        Map.of(
            "ce_specversion", "1.0",
            "ce_id", "event-1",
            "ce_source", "/pacs",
            "ce_type", "io.thorax.xray.uploaded.v1",
            "content-type", "application/json"));
  }
}
