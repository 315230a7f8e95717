package io.thorax.training;

import java.time.Duration;

/**
 * How the machine is used, which changes nothing of what is learned.
 *
 * @param preparationThreads that make coming batches ready
 * @param retryDelay after a checkpoint's first failure; it doubles up to {@code maxRetryDelay}
 */
public record TrainerSettings(int preparationThreads, Duration retryDelay, Duration maxRetryDelay) {

  public static final TrainerSettings DEFAULT =
      new TrainerSettings(1, Duration.ofMillis(200), Duration.ofSeconds(5));

  public TrainerSettings {
    if (preparationThreads < 1) {
      throw new IllegalArgumentException("preparation-threads: must be at least 1");
    }
    if (retryDelay.isNegative() || retryDelay.isZero() || maxRetryDelay.compareTo(retryDelay) < 0) {
      throw new IllegalArgumentException(
          "checkpoint.retry-delay: must be positive and at most max-retry-delay");
    }
  }

  public static TrainerSettings of(TrainingConfig config) {
    return new TrainerSettings(
        config.preparationThreads(),
        config.checkpoint().retryDelay(),
        config.checkpoint().maxRetryDelay());
  }

  Duration delayAfter(Duration delay) {
    Duration doubled = delay.multipliedBy(2);
    return doubled.compareTo(maxRetryDelay) > 0 ? maxRetryDelay : doubled;
  }
}
