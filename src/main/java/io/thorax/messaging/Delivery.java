package io.thorax.messaging;

import io.thorax.workflow.DeliveryPosition;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record as it was delivered, with what was read from it: requests, or why there are none.
 *
 * @param <T> the kind of request that its topic carries
 */
record Delivery<T>(
    ConsumerRecord<String, byte[]> kafkaRecord,
    List<T> requests,
    Optional<MalformedEventException> malformed) {

  DeliveryPosition position() {
    return new DeliveryPosition(kafkaRecord.topic(), kafkaRecord.partition(), kafkaRecord.offset());
  }
}
