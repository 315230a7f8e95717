package io.thorax.persistence;

import java.util.Objects;

/** Where a record stands in Kafka. */
public record Position(String topic, int partition, long offset) {
  public Position {
    Objects.requireNonNull(topic, "topic");
    if (partition < 0 || offset < 0) {
      throw new IllegalArgumentException(topic + "-" + partition + "@" + offset);
    }
  }

  boolean sharesPartition(Position other) {
    return partition == other.partition && topic.equals(other.topic);
  }
}
