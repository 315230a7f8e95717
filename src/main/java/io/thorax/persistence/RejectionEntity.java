package io.thorax.persistence;

import io.thorax.study.Outcome;
import io.thorax.study.RejectReason;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

@Entity
@Table(name = "rejection")
class RejectionEntity {
  @Id UUID id;

  @Embedded Place place;

  String reason;

  String detail;

  @Column(name = "created_at")
  Instant createdAt;

  Rejection rejection() {
    return new Rejection(
        new Outcome.Rejected(
            id, place.image(), place.study(), RejectReason.ofWireName(reason), detail),
        createdAt);
  }

  Cursor cursor() {
    return new Cursor(createdAt, id.toString());
  }

  /** The row to be written. */
  static Map<String, Object> row(Outcome.Rejected rejected) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", rejected.id());
    Place.put(row, rejected.image(), rejected.studyInstanceUid());
    row.put("reason", rejected.reason().wireName());
    row.put("detail", rejected.detail());
    return row;
  }
}
