package io.thorax.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

@Entity
@Table(name = "delivery_range")
class DeliveryRangeEntity {
  @Id Long id;

  @Column(name = "consumer_group")
  String group;

  String topic;

  @Column(name = "partition_number")
  int partition;

  @Column(name = "first_offset")
  long firstOffset;

  @Column(name = "last_offset")
  long lastOffset;

  int attempts;

  @Column(name = "attempts_alone")
  int attemptsAlone;

  @Column(name = "first_at")
  Instant firstAt;

  @Column(name = "last_at")
  Instant lastAt;

  String error;

  Range range() {
    return new Range(
        id,
        group,
        topic,
        partition,
        firstOffset,
        lastOffset,
        attempts,
        attemptsAlone,
        firstAt,
        lastAt,
        Optional.ofNullable(error));
  }
}
