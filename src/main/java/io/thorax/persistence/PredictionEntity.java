package io.thorax.persistence;

import com.fasterxml.jackson.core.type.TypeReference;
import io.thorax.study.ModelIdentity;
import io.thorax.study.Prediction;
import io.thorax.study.Sha256;
import io.thorax.study.Timings;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;

@Entity
@Table(name = "prediction")
class PredictionEntity {
  private static final TypeReference<List<ClassProbability>> PROBABILITIES =
      new TypeReference<>() {};
  private static final TypeReference<Timings> TIMINGS = new TypeReference<>() {};

  @Id UUID id;

  @Embedded Place place;

  @Column(name = "model_name")
  String modelName;

  @Column(name = "model_digest")
  String modelDigest;

  @Column(name = "predicted_class")
  String predictedClass;

  @ColumnTransformer(read = "probabilities #>> '{}'")
  String probabilities;

  double threshold;

  @ColumnTransformer(read = "timings #>> '{}'")
  String timings;

  @Column(name = "predicted_at")
  Instant predictedAt;

  @Column(name = "created_at")
  Instant createdAt;

  /** An array, for the model's order of classes, which a jsonb object would lose. */
  record ClassProbability(String name, double probability) {}

  Prediction prediction() {
    return predictionAt(place);
  }

  Prediction predictionAt(Place asked) {
    Map<String, Double> byClass = new LinkedHashMap<>();
    Json.read(probabilities, PROBABILITIES)
        .forEach(pair -> byClass.put(pair.name(), pair.probability()));
    return new Prediction(
        id,
        asked.image(),
        asked.study(),
        new ModelIdentity(modelName, new Sha256(modelDigest)),
        predictedClass,
        byClass,
        threshold,
        Json.read(timings, TIMINGS),
        predictedAt);
  }

  Cursor cursor() {
    return new Cursor(createdAt, id.toString());
  }

  /** The row to be written. */
  static Map<String, Object> row(Prediction prediction) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", prediction.id());
    Place.put(row, prediction.image(), prediction.studyInstanceUid());
    row.put("model_name", prediction.model().name());
    row.put("model_digest", prediction.model().digest().hex());
    row.put("predicted_class", prediction.predictedClass());
    row.put(
        "probabilities",
        prediction.probabilities().entrySet().stream()
            .map(entry -> new ClassProbability(entry.getKey(), entry.getValue()))
            .toList());
    row.put("threshold", prediction.threshold());
    row.put("timings", prediction.timings());
    row.put("predicted_at", prediction.predictedAt().toString());
    return row;
  }
}
