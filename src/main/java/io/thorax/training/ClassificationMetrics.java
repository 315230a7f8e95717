package io.thorax.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well a network reads a set of labelled images. Precision, recall and F1 are those of the
 * positive class at threshold 1 / classes, as the reference system reports them.
 *
 * @param images how many were read
 * @param loss mean cross-entropy, with the activity regulariser's share as Keras reports it
 * @param accuracy {@link ConfusionMatrix#accuracy}
 * @param auc {@link AreaUnderCurve#keras}: over all outputs flattened
 * @param rocAuc {@link AreaUnderCurve#exact} of the positive class against the rest; NaN if only
 *     one of the two sides has images
 * @param atThresholds the positive class at each configured threshold
 */
public record ClassificationMetrics(
    int images,
    double loss,
    double accuracy,
    double precision,
    double recall,
    double f1,
    double auc,
    double rocAuc,
    List<ThresholdMetrics> atThresholds,
    ConfusionMatrix confusion) {

  public ClassificationMetrics {
    atThresholds = List.copyOf(atThresholds);
  }

  static ClassificationMetrics of(
      Predictions predictions, double loss, int positiveClass, List<Double> thresholds) {
    ThresholdMetrics reference =
        ThresholdMetrics.of(predictions, positiveClass, 1.0 / predictions.classes());
    ConfusionMatrix confusion = ConfusionMatrix.of(predictions);
    return new ClassificationMetrics(
        predictions.size(),
        loss,
        confusion.accuracy(),
        reference.precision(),
        reference.recall(),
        reference.f1(),
        AreaUnderCurve.keras(predictions),
        AreaUnderCurve.exact(predictions, positiveClass),
        thresholds.stream()
            .map(threshold -> ThresholdMetrics.of(predictions, positiveClass, threshold))
            .toList(),
        confusion);
  }

  /**
   * By the names that events, rows and {@code metric-preference} use; undefined ones are absent.
   */
  public Map<String, Double> asMap() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(MetricName.LOSS.wireName(), loss);
    values.put(MetricName.ACCURACY.wireName(), accuracy);
    values.put(MetricName.PRECISION.wireName(), precision);
    values.put(MetricName.RECALL.wireName(), recall);
    values.put(MetricName.F1.wireName(), f1);
    values.put(MetricName.AUC.wireName(), auc);
    values.put(MetricName.ROC_AUC.wireName(), rocAuc);
    values.values().removeIf(value -> !Double.isFinite(value));
    return Collections.unmodifiableMap(values);
  }
}
