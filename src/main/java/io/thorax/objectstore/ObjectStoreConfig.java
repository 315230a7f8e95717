package io.thorax.objectstore;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The S3 store: {@code thorax.object-store}. */
@ConfigMapping(prefix = "thorax.object-store")
public interface ObjectStoreConfig {

  /** Scheme, host and port, without a path. */
  @WithDefault("http://127.0.0.1:9000")
  URI endpoint();

  /**
   * With the secret key; without both, the credentials come from the AWS environment variables or
   * the machine's role.
   */
  Optional<String> accessKey();

  Optional<String> secretKey();

  /** Given, so that the client need not ask the store for it. */
  @WithDefault("us-east-1")
  @NotBlank
  String region();

  /** Where data sets, models, uploads and pictures are kept. */
  @WithDefault("thorax")
  @NotBlank
  String artifactsBucket();

  @WithDefault("5s")
  @DurationMin(millis = 1, message = "must be at least {millis} ms")
  @DurationMax(hours = 1, message = "must be at most {hours} h")
  Duration connectTimeout();

  /** The longest silence of the store in the midst of an answer. */
  @WithDefault("30s")
  @DurationMin(millis = 1, message = "must be at least {millis} ms")
  @DurationMax(hours = 1, message = "must be at most {hours} h")
  Duration readTimeout();

  /** The longest time the store may take no bytes of a request. */
  @WithDefault("30s")
  @DurationMin(millis = 1, message = "must be at least {millis} ms")
  @DurationMax(hours = 1, message = "must be at most {hours} h")
  Duration writeTimeout();

  /** Calls at the same time; more of them wait. */
  @WithDefault("64")
  @Min(1)
  @Max(10_000)
  int maxConnections();

  /** The size of the parts of a large upload, from 5 MiB to 5 GiB; S3 takes 10,000 of them. */
  @WithDefault("64M")
  @Min(5L << 20)
  @Max(5L << 30)
  MemorySize partSize();

  /**
   * Whether content is held against the store's etag where that looks like an MD5. To be turned off
   * for a store whose etags look so and are none.
   */
  @WithDefault("true")
  boolean verifyEtag();
}
