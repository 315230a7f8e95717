package io.thorax.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClassificationMetricsTest {
  private static final double TOLERANCE = 1e-7;

  static Stream<Map.Entry<String, JsonNode>> oracleCases() throws IOException {
    try (InputStream fixture =
        ClassificationMetricsTest.class.getResourceAsStream("/training/metrics.json")) {
      Iterator<Map.Entry<String, JsonNode>> cases = new ObjectMapper().readTree(fixture).fields();
      return StreamSupport.stream(Spliterators.spliteratorUnknownSize(cases, 0), false);
    }
  }

  @ParameterizedTest
  @MethodSource("oracleCases")
  void agreesWithKerasAndScikitLearn(Map.Entry<String, JsonNode> oracle) {
    JsonNode expected = oracle.getValue();
    ClassificationMetrics actual = evaluate(expected);

    assertEquals(expected.get("accuracy").asDouble(), actual.accuracy(), TOLERANCE);
    assertEquals(expected.get("skAccuracy").asDouble(), actual.accuracy(), 1e-12);
    assertEquals(expected.get("precision").asDouble(), actual.precision(), TOLERANCE);
    assertEquals(expected.get("recall").asDouble(), actual.recall(), TOLERANCE);
    assertEquals(expected.get("f1").asDouble(), actual.f1(), 1e-12);
    assertEquals(expected.get("auc").asDouble(), actual.auc(), 2e-7);
    assertEquals(expected.get("loss").asDouble(), actual.loss(), 1e-6);
    if (expected.get("rocAuc").isNull()) {
      assertTrue(Double.isNaN(actual.rocAuc()));
      assertFalse(actual.asMap().containsKey("rocAuc"));
    } else {
      assertEquals(expected.get("rocAuc").asDouble(), actual.rocAuc(), 1e-12);
    }
    assertEquals(
        expected.get("confusion").toString(),
        actual.confusion().counts().toString().replace(" ", ""));
  }

  @ParameterizedTest
  @MethodSource("oracleCases")
  void agreesWithScikitLearnAtOtherThresholds(Map.Entry<String, JsonNode> oracle) {
    List<ThresholdMetrics> actual = evaluate(oracle.getValue()).atThresholds();
    for (int i = 0; i < actual.size(); i++) {
      JsonNode expected = oracle.getValue().get("atThresholds").get(i);
      assertEquals(expected.get("precision").asDouble(), actual.get(i).precision(), 1e-12);
      assertEquals(expected.get("recall").asDouble(), actual.get(i).recall(), 1e-12);
      assertEquals(expected.get("f1").asDouble(), actual.get(i).f1(), 1e-12);
      assertEquals(expected.get("specificity").asDouble(), actual.get(i).specificity(), 1e-12);
    }
  }

  @Test
  void ofNothingNothingIsClaimed() {
    ClassificationMetrics metrics =
        ClassificationMetrics.of(new Predictions(2, 0), 0, 1, List.of(0.5));

    assertEquals(0, metrics.accuracy());
    assertEquals(0, metrics.auc());
    assertTrue(Double.isNaN(metrics.rocAuc()));
  }

  private static ClassificationMetrics evaluate(JsonNode oracle) {
    Predictions predictions = new Predictions(oracle.get("probabilities").get(0).size(), 1);
    for (int i = 0; i < oracle.get("labels").size(); i++) {
      float[] row = new float[predictions.classes()];
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) oracle.get("probabilities").get(i).get(j).asDouble();
      }
      predictions.add(row, oracle.get("labels").get(i).asInt());
    }
    return ClassificationMetrics.of(
        predictions,
        CrossEntropy.mean(predictions),
        oracle.get("positive").asInt(),
        List.of(0.25, 0.8));
  }
}
