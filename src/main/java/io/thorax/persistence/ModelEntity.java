package io.thorax.persistence;

import io.thorax.study.Sha256;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;

@Entity
@Table(name = "model")
class ModelEntity {
  @Id String digest;

  String name;

  @ColumnTransformer(read = "manifest #>> '{}'")
  String manifest;

  @ColumnTransformer(read = "artifacts #>> '{}'")
  String artifacts;

  @Column(name = "run_id")
  UUID runId;

  @Column(name = "created_at")
  Instant createdAt;

  ModelRecord model() {
    return new ModelRecord(
        new Sha256(digest),
        name,
        manifest,
        Json.read(artifacts, Json.TEXTS),
        Optional.ofNullable(runId),
        createdAt);
  }

  Cursor cursor() {
    return new Cursor(createdAt, digest);
  }
}
