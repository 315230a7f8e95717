package io.thorax.training;

/** The figures by which networks are compared, best first in {@code metric-preference}. */
public enum MetricName {
  LOSS("loss"),
  ACCURACY("accuracy"),
  PRECISION("precision"),
  RECALL("recall"),
  F1("f1"),
  AUC("auc"),
  ROC_AUC("rocAuc");

  private final String wireName;

  MetricName(String wireName) {
    this.wireName = wireName;
  }

  /** As it stands in events, rows and {@link ClassificationMetrics#asMap}. */
  public String wireName() {
    return wireName;
  }

  public boolean lowerIsBetter() {
    return this == LOSS;
  }
}
