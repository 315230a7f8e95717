package io.thorax.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;

@Entity
@Table(name = "training_run")
class RunEntity {
  @Id UUID id;

  String name;

  @ColumnTransformer(read = "spec #>> '{}'")
  String spec;

  @Enumerated(EnumType.STRING)
  WorkState state;

  @ColumnTransformer(read = "result #>> '{}'")
  String result;

  String failure;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  @Column(name = "finished_at")
  Instant finishedAt;

  RunRecord run() {
    return new RunRecord(
        id,
        name,
        spec,
        state,
        Optional.ofNullable(result),
        Optional.ofNullable(failure),
        createdAt,
        updatedAt,
        Optional.ofNullable(finishedAt));
  }

  Cursor cursor() {
    return new Cursor(createdAt, id.toString());
  }
}
