package io.thorax.persistence;

import io.thorax.study.Identifiers;
import io.thorax.study.Sha256;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;

@Entity
@Table(name = "dataset")
class DatasetEntity {
  @Id UUID id;

  String digest;

  String name;

  @Column(name = "request_id")
  String requestId;

  @ColumnTransformer(read = "artifacts #>> '{}'")
  String artifacts;

  @ColumnTransformer(read = "summary #>> '{}'")
  String summary;

  @Column(name = "created_at")
  Instant createdAt;

  DatasetRecord dataset() {
    return new DatasetRecord(
        new Sha256(digest),
        name,
        requestId,
        Json.read(artifacts, Json.TEXTS),
        Json.read(summary, Json.TREE),
        createdAt);
  }

  Cursor cursor() {
    return new Cursor(createdAt, id.toString());
  }

  static UUID idOf(DatasetRecord dataset) {
    return Identifiers.of("dataset", dataset.digest() + ":" + dataset.name());
  }
}
