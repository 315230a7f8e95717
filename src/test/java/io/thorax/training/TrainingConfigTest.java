package io.thorax.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingConfigTest {
  static List<TrainingConfig> configs() {
    return List.of(TestPlans.defaultConfig(), TestPlans.shippedConfig());
  }

  @ParameterizedTest
  @MethodSource("configs")
  void hasTheReferenceSystemsDefaults(TrainingConfig config) {
    assertEquals(ExperimentType.SINGLE, config.experimentType());
    assertEquals(32, config.batchSize());
    assertEquals(200, config.epochs());
    assertEquals(7, config.patience());
    assertEquals(ImbalanceStrategy.CLASS_WEIGHT, config.imbalanceStrategy());
    assertEquals(List.of(0.15, 1.0), config.classMultiplier().binary());
    assertEquals(List.of(0.4, 1.0, 0.4), config.classMultiplier().multiclass());
    assertEquals(List.of(0.5), config.thresholds());
    assertEquals(
        List.of(MetricName.AUC, MetricName.RECALL, MetricName.PRECISION, MetricName.LOSS),
        config.metricPreference());
    assertEquals(10, config.numRuns());
    assertEquals(1, config.numGpus());
    assertEquals(10, config.rotationDegrees());
  }

  @Test
  void shippedAndBuiltInDefaultsAgree() {
    TrainingConfig builtIn = TestPlans.defaultConfig();
    TrainingConfig shipped = TestPlans.shippedConfig();
    assertEquals(builtIn.seed(), shipped.seed());
    assertEquals(TrainerSettings.of(builtIn), TrainerSettings.of(shipped));
    assertEquals(TrainerSettings.DEFAULT, TrainerSettings.of(shipped));
  }
}
