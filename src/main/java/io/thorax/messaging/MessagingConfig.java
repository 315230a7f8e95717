package io.thorax.messaging;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How events are taken and published. */
@ConfigMapping(prefix = "thorax.messaging")
interface MessagingConfig {

  /** The consumer group of the channels; every channel appends its own name. */
  @WithDefault("thorax")
  String group();

  /** An inbound event's body may not be larger. */
  @WithDefault("1M")
  @WithConverter(MemorySizeConverter.class)
  @Min(1)
  @Max(Integer.MAX_VALUE - 8)
  MemorySize maxEventSize();

  /** How often a record may fail alone, or take the process down, before it is a dead letter. */
  @WithDefault("3")
  @Min(1)
  @Max(100)
  int maxAttempts();

  /** The pause between attempts at a record that failed. */
  @WithDefault("500ms")
  @DurationMin(millis = 1, message = "must be at least {millis} ms")
  Duration attemptPause();

  /**
   * How long a partition that leaves, or the process that ends, waits for the batch in flight; and
   * the process that ends for the running step of a long task.
   */
  @WithDefault("30s")
  @DurationMin(millis = 1, message = "must be at least {millis} ms")
  Duration drainTimeout();

  /** How often a worker of long tasks (assembly, training) looks for one. */
  @WithDefault("1s")
  @DurationMin(millis = 10, message = "must be at least {millis} ms")
  Duration workPollInterval();
}
