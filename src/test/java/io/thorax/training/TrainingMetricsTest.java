package io.thorax.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.thorax.study.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TrainingMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TrainingListener metrics =
      TrainingListener.all(List.of(TrainingListener.NONE, new TrainingMetrics(registry)));

  private double gauge(String name) {
    return registry.get("thorax.training." + name).gauge().value();
  }

  @Test
  void showTheLatestStepAndEpoch() {
    assertTrue(Double.isNaN(gauge("loss")));

    metrics.started(TestPlans.tiny(TestPlans.BINARY, Map.of()), 2);
    metrics.stepDone(
        new StepProgress(3, 9, 1, 4, 32, 0.7, Duration.ofMillis(1500), Duration.ofMillis(500)));
    assertEquals(2, gauge("epoch"));
    metrics.epochDone(new EpochProgress(3, 9, 0.6, 0.8, Map.of(), Map.of(), 2, 15, 60));

    assertEquals(3, gauge("epoch"));
    assertEquals(0.6, gauge("loss"));
    assertEquals(0.8, gauge("validation.loss"));
    assertEquals(16, gauge("images.per.second"), 1e-9);
    assertEquals(32, registry.get("thorax.training.images").counter().count());
    assertEquals(1, registry.get("thorax.training.step").timer().count());
    assertEquals(
        500,
        registry.get("thorax.training.batch.wait").timer().totalTime(TimeUnit.MILLISECONDS),
        1e-6);
  }

  @Test
  void countCheckpointsAndTheirRetries() {
    metrics.checkpointDelayed(1, new Failure.Transient("away", null));
    metrics.checkpointDelayed(1, new Failure.Transient("away", null));
    metrics.checkpointStored(1, Duration.ofSeconds(2));

    assertEquals(2, registry.get("thorax.training.checkpoint.retries").counter().count());
    assertEquals(1, registry.get("thorax.training.checkpoint").timer().count());
  }
}
