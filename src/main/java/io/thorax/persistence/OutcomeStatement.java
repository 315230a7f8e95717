package io.thorax.persistence;

import io.smallrye.mutiny.Uni;
import io.thorax.study.Outcome;
import io.thorax.study.Prediction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * A whole batch of outcomes in one statement, which is one round trip and one commit: predictions,
 * their references, and rejections. Rows go in by ascending id, so that two batches with common
 * rows wait for each other and never in a circle.
 */
final class OutcomeStatement {
  private static final String PLACE =
      "image_sha256, bucket, object_key, version_id, etag, study_instance_uid";

  private static final String SQL =
      "with p as ("
          + insert(
              "prediction",
              "id, "
                  + PLACE
                  + ", model_name, model_digest, predicted_class, probabilities, threshold,"
                  + " timings, predicted_at",
              "predictions")
          + "), f as ("
          + insert("prediction_reference", "id, prediction_id, " + PLACE, "references")
          + "), r as ("
          + insert("rejection", "id, " + PLACE + ", reason, detail", "rejections")
          + ") select 1";

  private final String predictions;
  private final String references;
  private final String rejections;

  /**
   * @throws IllegalArgumentException if an outcome is neither a prediction nor a rejection
   */
  OutcomeStatement(List<? extends Outcome> outcomes) {
    if (!outcomes.stream().allMatch(OutcomeStatement::isOfAnImage)) {
      throw new IllegalArgumentException("only predictions and rejections are stored here");
    }
    predictions = rows(classified(outcomes), PredictionEntity::row);
    references = rows(classified(outcomes), ReferenceEntity::row);
    rejections = rows(only(outcomes, Outcome.Rejected.class), RejectionEntity::row);
  }

  Uni<Void> run(Mutiny.StatelessSession session) {
    return session
        .createNativeQuery(SQL, Integer.class)
        .setParameter("predictions", predictions)
        .setParameter("references", references)
        .setParameter("rejections", rejections)
        .getSingleResult()
        .replaceWithVoid();
  }

  private static String insert(String table, String columns, String parameter) {
    return "insert into %1$s (%2$s) select %2$s from json_populate_recordset(cast(null as %1$s), cast(cast(:%3$s as text) as json)) order by id on conflict (id) do nothing"
        .formatted(table, columns, parameter);
  }

  private static boolean isOfAnImage(Outcome outcome) {
    return outcome instanceof Outcome.Classified || outcome instanceof Outcome.Rejected;
  }

  private static Stream<Prediction> classified(List<? extends Outcome> outcomes) {
    return only(outcomes, Outcome.Classified.class).map(Outcome.Classified::prediction);
  }

  private static <T> Stream<T> only(List<? extends Outcome> outcomes, Class<T> kind) {
    return outcomes.stream().filter(kind::isInstance).map(kind::cast);
  }

  private static <T> String rows(Stream<T> values, Function<T, Map<String, Object>> row) {
    return Json.write(values.map(Objects::requireNonNull).map(row).toList());
  }
}
