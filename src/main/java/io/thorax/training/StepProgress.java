package io.thorax.training;

import java.time.Duration;

/**
 * A training step is over.
 *
 * @param epoch and {@code step}: from 1
 * @param steps of this epoch
 * @param images in this step's batch
 * @param loss mean over the epoch so far
 * @param took the step itself
 * @param waited for the batch before it, while nothing was computed; near 0 unless preparation is
 *     the bottleneck
 */
public record StepProgress(
    int epoch,
    int epochs,
    int step,
    int steps,
    int images,
    double loss,
    Duration took,
    Duration waited) {

  /** Of this step and its wait. */
  public double imagesPerSecond() {
    return images / Math.max(1e-9, took.plus(waited).toNanos() * 1e-9);
  }
}
