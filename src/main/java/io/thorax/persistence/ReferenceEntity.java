package io.thorax.persistence;

import io.thorax.study.Identifiers;
import io.thorax.study.Prediction;
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
@Table(name = "prediction_reference")
class ReferenceEntity {
  @Id UUID id;

  @Column(name = "prediction_id")
  UUID predictionId;

  @Embedded Place place;

  @Column(name = "created_at")
  Instant createdAt;

  /** The row to be written: the same prediction, place and study always have the same id. */
  static Map<String, Object> row(Prediction prediction) {
    String study = prediction.studyInstanceUid().orElse("");
    String name =
        prediction.id() + ":" + study.length() + ":" + study + ":" + prediction.image().place();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", Identifiers.of("reference", name));
    row.put("prediction_id", prediction.id());
    Place.put(row, prediction.image(), prediction.studyInstanceUid());
    return row;
  }
}
