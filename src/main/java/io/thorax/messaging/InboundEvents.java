package io.thorax.messaging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Reads CloudEvents 1.0 from Kafka records (Kafka protocol binding 1.0.2) in binary and in
 * structured mode. A structured event without its content-type header is known by {@code
 * specversion} in its body: Orthanc's server-extensions publish so.
 */
final class InboundEvents {
  private static final int MAX_JSON_DEPTH = 64;
  private static final String BINARY_MARK = "ce_specversion";

  private final int maxBytes;
  private final ObjectMapper json =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_JSON_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  InboundEvents(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * @throws MalformedEventException if the record holds no CloudEvent with JSON data
   */
  InboundEvent read(ConsumerRecord<String, byte[]> kafkaRecord) {
    byte[] body = checkedBody(kafkaRecord);
    CloudEvent event = cloudEvent(kafkaRecord.headers(), body);
    if (event.getData() == null) {
      throw new MalformedEventException("data: missing");
    }
    return new InboundEvent(
        event.getId(), event.getSource().toString(), parse(event.getData().toBytes(), "data"));
  }

  /**
   * The record's body as bare JSON, for topics whose senders know nothing of CloudEvents.
   *
   * @throws MalformedEventException if it is not JSON
   */
  JsonNode readBare(ConsumerRecord<String, byte[]> kafkaRecord) {
    return parse(checkedBody(kafkaRecord), "body");
  }

  private byte[] checkedBody(ConsumerRecord<String, byte[]> kafkaRecord) {
    byte[] body = kafkaRecord.value();
    if (body == null || body.length == 0) {
      throw new MalformedEventException("body: empty");
    }
    if (body.length > maxBytes) {
      throw new MalformedEventException(
          "body: " + body.length + " bytes, more than the " + maxBytes + " allowed");
    }
    return body;
  }

  private CloudEvent cloudEvent(Headers headers, byte[] body) {
    try {
      if (headers.lastHeader(BINARY_MARK) == null && looksStructured(body)) {
        return EventFormatProvider.getInstance()
            .resolveFormat(JsonFormat.CONTENT_TYPE)
            .deserialize(body);
      }
      return KafkaMessageFactory.createReader(headers, body).toEvent();
    } catch (MalformedEventException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new MalformedEventException("not a CloudEvent 1.0: " + e.getMessage(), e);
    }
  }

  private boolean looksStructured(byte[] body) {
    return parse(body, "body").has("specversion");
  }

  private JsonNode parse(byte[] content, String what) {
    try {
      JsonNode node = json.readTree(content);
      if (node == null || !node.isObject()) {
        throw new MalformedEventException(what + ": not a JSON object");
      }
      return node;
    } catch (IOException e) {
      throw new MalformedEventException(what + ": not JSON", e);
    }
  }
}
