package io.thorax.messaging;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;

/**
 * The defaults, but for what a test is about.
 *
 * @param drainTimeout how long a partition that leaves waits for its batch
 */
record FixedMessagingConfig(Duration drainTimeout) implements MessagingConfig {

  @Override
  public String group() {
    return "thorax";
  }

  @Override
  public MemorySize maxEventSize() {
    return new MemorySize(BigInteger.valueOf(Records.MAX_BYTES));
  }

  @Override
  public int maxAttempts() {
    return 3;
  }

  @Override
  public Duration attemptPause() {
    return Duration.ofMillis(1);
  }

  @Override
  public Duration workPollInterval() {
    return Duration.ofSeconds(1);
  }
}
