package io.thorax.persistence;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Records of one partition that were begun and not ended.
 *
 * @param id of this row: what {@code end} deletes
 * @param firstOffset and {@code lastOffset}: inclusive
 * @param attempts how often the records were begun, in company or alone
 * @param attemptsAlone how often as a range of one: only these speak against the record
 * @param firstAt and {@code lastAt}: of the attempts, by the database's clock
 * @param error of the last attempt, if it failed without taking the process along
 */
public record Range(
    long id,
    String group,
    String topic,
    int partition,
    long firstOffset,
    long lastOffset,
    int attempts,
    int attemptsAlone,
    Instant firstAt,
    Instant lastAt,
    Optional<String> error) {

  public Range {
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(topic, "topic");
    if (firstOffset > lastOffset) {
      throw new IllegalArgumentException("offsets " + firstOffset + " to " + lastOffset);
    }
  }

  public boolean contains(Position position) {
    return partition == position.partition()
        && topic.equals(position.topic())
        && firstOffset <= position.offset()
        && position.offset() <= lastOffset;
  }

  /** The first record; of a range of one, the record. */
  public Position first() {
    return new Position(topic, partition, firstOffset);
  }
}
