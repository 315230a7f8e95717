package io.thorax.training;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.thorax.study.Failure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Meters of the trainings in this process. The gauges show the latest value, of whichever training
 * reported last; NaN before the first.
 *
 * <ul>
 *   <li>{@code thorax.training.epoch}: epochs done of the training, checkpoints included
 *   <li>{@code thorax.training.loss} and {@code thorax.training.validation.loss}: of the latest
 *       epoch. Be alarmed when the first falls and the second rises
 *   <li>{@code thorax.training.images.per.second}: of the latest step with its wait
 *   <li>{@code thorax.training.step} (timer; its count is the number of steps) and {@code
 *       thorax.training.images} (counter)
 *   <li>{@code thorax.training.batch.wait} (timer): what steps waited for images. Together with the
 *       steps it adds up to the training time; be alarmed above a tenth of it, and raise {@code
 *       thorax.training.preparation-threads}
 *   <li>{@code thorax.training.checkpoint} (timer): checkpoints stored, retries included
 *   <li>{@code thorax.training.checkpoint.retries} (counter): be alarmed when it grows, the store
 *       is away and a crash would cost more than an epoch
 * </ul>
 */
@Singleton
public final class TrainingMetrics implements TrainingListener {
  private static final String PREFIX = "thorax.training.";

  private final Timer step;
  private final Timer batchWait;
  private final Timer checkpoint;
  private final Counter images;
  private final Counter checkpointRetries;

  private volatile double epoch = Double.NaN;
  private volatile double loss = Double.NaN;
  private volatile double validationLoss = Double.NaN;
  private volatile double imagesPerSecond = Double.NaN;

  @Inject
  public TrainingMetrics(MeterRegistry registry) {
    step = registry.timer(PREFIX + "step");
    batchWait = registry.timer(PREFIX + "batch.wait");
    checkpoint = registry.timer(PREFIX + "checkpoint");
    images = registry.counter(PREFIX + "images");
    checkpointRetries = registry.counter(PREFIX + "checkpoint.retries");
    gauge(registry, "epoch", () -> epoch);
    gauge(registry, "loss", () -> loss);
    gauge(registry, "validation.loss", () -> validationLoss);
    gauge(registry, "images.per.second", () -> imagesPerSecond);
  }

  private static void gauge(MeterRegistry registry, String name, DoubleSupplier value) {
    Gauge.builder(PREFIX + name, value::getAsDouble).strongReference(true).register(registry);
  }

  @Override
  public void started(TrainingPlan plan, int epochsDone) {
    epoch = epochsDone;
  }

  @Override
  public void stepDone(StepProgress progress) {
    step.record(progress.took());
    batchWait.record(progress.waited());
    images.increment(progress.images());
    imagesPerSecond = progress.imagesPerSecond();
  }

  @Override
  public void epochDone(EpochProgress progress) {
    epoch = progress.epoch();
    loss = progress.loss();
    validationLoss = progress.validationLoss();
  }

  @Override
  public void checkpointStored(int epochDone, Duration took) {
    checkpoint.record(took);
  }

  @Override
  public void checkpointDelayed(int epochDone, Failure.Transient reason) {
    checkpointRetries.increment();
  }
}
