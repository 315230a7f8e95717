package io.thorax.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thorax.model.OptimizerSpec;
import io.thorax.model.Window;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingPlanTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static TrainingPlan plan(TrainingSubject subject, String overrides) {
    try {
      return TrainingPlan.of(
          subject,
          TestPlans.defaultConfig(),
          TestPlans.NETWORK,
          JSON.readValue(overrides, new TypeReference<Map<String, Object>>() {}));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void withoutOverridesItIsTheConfiguration() {
    TrainingPlan plan = plan(TestPlans.BINARY, "{}");

    assertEquals(TestPlans.NETWORK.network(), plan.network());
    assertEquals(new OptimizerSpec.Adam(1e-5), plan.optimizer());
    assertEquals(32, plan.batchSize());
    assertEquals(List.of(0.15, 1.0), plan.classMultipliers());
    assertEquals(List.of(0.4, 1.0, 0.4), plan(TestPlans.MULTICLASS, "{}").classMultipliers());
    assertEquals(1, plan.positiveIndex());
  }

  @Test
  void takesEveryKeyAsTheReferenceSystemSpellsIt() {
    TrainingPlan plan =
        plan(
            TestPlans.BINARY,
            """
            {"EXPERIMENT_TYPE": "single_train", "BATCH_SIZE": 16, "EPOCHS": "3", "PATIENCE": 2,
             "IMB_STRATEGY": "random_oversample", "CLASS_MULTIPLIER": [1, 2.5],
             "THRESHOLDS": 0.4, "METRIC_PREFERENCE": ["recall", "loss"], "NUM_RUNS": 4,
             "NUM_GPUS": 1, "MODEL_DEF": "dcnn_resnet", "KERNEL_SIZE": "(5,5)",
             "STRIDES": [1, 1], "INIT_FILTERS": 8, "FILTER_EXP_BASE": 2, "MAXPOOL_SIZE": 3,
             "CONV_BLOCKS": 5, "NODES_DENSE0": 64, "LR": "1e-3", "OPTIMIZER": "sgd",
             "DROPOUT": 0, "L2_LAMBDA": 0}""");

    assertEquals(ExperimentType.SINGLE, plan.experiment());
    assertEquals(16, plan.batchSize());
    assertEquals(3, plan.epochs());
    assertEquals(2, plan.patience());
    assertEquals(ImbalanceStrategy.RANDOM_OVERSAMPLE, plan.imbalanceStrategy());
    assertEquals(List.of(1.0, 2.5), plan.classMultipliers());
    assertEquals(List.of(0.4), plan.thresholds());
    assertEquals(List.of(MetricName.RECALL, MetricName.LOSS), plan.metricPreference());
    assertEquals(4, plan.numRuns());
    assertEquals(new OptimizerSpec.Sgd(1e-3), plan.optimizer());
    assertEquals(Window.square(5), plan.network().kernel());
    assertEquals(Window.square(3), plan.network().poolSize());
    assertEquals(8, plan.network().initialFilters());
    assertEquals(2, plan.network().filterExpBase());
    assertEquals(5, plan.network().convBlocks());
    assertEquals(64, plan.network().denseNodes());
    assertEquals(0, plan.network().dropout());
    assertEquals(0, plan.network().l2Lambda());
  }

  @Test
  void takesEveryKeyAsTheConfigurationSpellsIt() {
    TrainingPlan plan =
        plan(
            TestPlans.MULTICLASS,
            """
            {"experiment-type": "multi", "imbalance-strategy": "random-oversample",
             "class-multiplier.binary": [9, 9], "class-multiplier.multiclass": [1, 2, 3],
             "rotation-degrees": 0, "seed": 9007199254740993, "metric-preference": "roc-auc, f1",
             "learning-rate": 0.01, "kernel-size": [3, 5], "thresholds": [0.2, 0.9]}""");

    assertEquals(ExperimentType.MULTI, plan.experiment());
    assertEquals(ImbalanceStrategy.RANDOM_OVERSAMPLE, plan.imbalanceStrategy());
    assertEquals(List.of(1.0, 2.0, 3.0), plan.classMultipliers());
    assertEquals(0, plan.rotationDegrees());
    assertEquals(9_007_199_254_740_993L, plan.seed());
    assertEquals(List.of(MetricName.ROC_AUC, MetricName.F1), plan.metricPreference());
    assertEquals(new OptimizerSpec.Adam(0.01), plan.optimizer());
    assertEquals(new Window(3, 5), plan.network().kernel());
    assertEquals(List.of(0.2, 0.9), plan.thresholds());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batch-size         | {\"batch-size\": 0}",
        "batch-size         | {\"batch-size\": 2.5}",
        "batch-size         | {\"BATCH_SIZE\": \"many\"}",
        "batch-size         | {\"batch-size\": null}",
        "batch-size         | {\"batch-size\": 16, \"BATCH_SIZE\": 32}",
        "epochs             | {\"epochs\": [1, 2]}",
        "epochs             | {\"epochs\": 1e99}",
        "lr                 | {\"lr\": 0}",
        "lr                 | {\"lr\": 1, \"learning-rate\": 2}",
        "lr                 | {\"lr\": \"NaN\"}",
        "optimizer          | {\"optimizer\": \"lion\"}",
        "model-def          | {\"model-def\": \"resnet50v2\"}",
        "dropout            | {\"dropout\": 1}",
        "kernel-size        | {\"kernel-size\": [3, 3, 3]}",
        "kernel-size        | {\"kernel-size\": 1.5}",
        "thresholds         | {\"thresholds\": [0.5, 2]}",
        "class-multiplier   | {\"class-multiplier\": [1, 1, 1]}",
        "class-multiplier   | {\"class-multiplier\": [1, -1]}",
        "imbalance-strategy | {\"imbalance-strategy\": \"smote\"}",
        "metric-preference  | {\"metric-preference\": [\"beauty\"]}",
        "metric-preference  | {\"metric-preference\": []}",
        "experiment-type    | {\"experiment-type\": \"double\"}",
        "combinations       | {\"COMBINATIONS\": 50}",
        "colour             | {\"colour\": \"blue\", \"epochs\": 3}",
      })
  void namesTheKeyThatItRefuses(String key, String overrides) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> plan(TestPlans.BINARY, overrides));
    assertTrue(refusal.getMessage().startsWith(key + ":"), refusal::getMessage);
  }

  @Test
  void survivesJsonAndKeepsItsDigest() throws JsonProcessingException {
    TrainingPlan plan = plan(TestPlans.MULTICLASS, "{\"optimizer\": \"sgd\", \"seed\": -3}");
    TrainingPlan again = JSON.readValue(JSON.writeValueAsString(plan), TrainingPlan.class);

    assertEquals(plan, again);
    assertEquals(plan.digest(), again.digest());
    assertNotEquals(plan.digest(), plan.withSeed(4).digest());
  }
}
