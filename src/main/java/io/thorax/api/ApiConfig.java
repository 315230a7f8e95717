package io.thorax.api;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.thorax.workflow.Paging;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** The limits of REST. */
@ConfigMapping(prefix = "thorax.api")
interface ApiConfig {
  /** Of a submitted X-ray; {@code quarkus.http.limits.max-body-size} must not be smaller. */
  @WithDefault("64M")
  @Min(1)
  @Max(Inputs.LONGEST_ARRAY)
  MemorySize maxImageSize();

  /** Of the JSON of any other request. */
  @WithDefault("1M")
  @Min(1)
  @Max(Inputs.LONGEST_ARRAY)
  MemorySize maxRequestSize();

  /** X-rays that are being received may take so much memory together; more are put off. */
  @WithDefault("256M")
  @Min(1)
  MemorySize uploadMemory();

  /** How many entries of a list come at once if the client does not say. */
  @WithDefault("20")
  @Min(1)
  @Max(Paging.MAX_LIMIT)
  int pageSize();

  /** How long a request may wait for Kafka, the database and the store together. */
  @WithDefault("15s")
  @DurationMin(millis = 100, message = "must be at least {millis} ms")
  Duration patience();

  /** After how long a client is asked to try again when a server is away. */
  @WithDefault("5s")
  @DurationMin(seconds = 1, message = "must be at least {seconds} s")
  Duration retryAfter();
}
