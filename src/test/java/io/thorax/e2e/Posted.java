package io.thorax.e2e;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * An event as it is posted, and what is to come of it.
 *
 * @param key of the image
 * @param content what lies at that key; null if nothing does
 * @param expected the wire name of the reason for which it is rejected, or {@link #CLASSIFIED}
 */
record Posted(String key, byte[] content, String expected, ProducerRecord<String, byte[]> event) {
  static final String CLASSIFIED = "classified";
}
