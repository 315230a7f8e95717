package io.thorax.persistence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * Where PostgreSQL (13 or later) is. The data source's own keys ({@code quarkus.datasource}) are
 * made of these; TLS and the like are set there.
 */
@ConfigMapping(prefix = "thorax.database")
public interface DatabaseConfig {

  @WithDefault("127.0.0.1")
  String host();

  @WithDefault("5432")
  @Min(1)
  @Max(65535)
  int port();

  /** Of the database in the server. */
  @WithDefault("thorax")
  String name();

  @WithDefault("thorax")
  String username();

  @WithDefault("thorax")
  String password();

  /**
   * How long one call may take, waiting for a connection included; then it counts as a transient
   * failure, even if the network swallows packets without a word.
   */
  @WithDefault("30S")
  @DurationMin(millis = 100, message = "must be at least {millis} ms")
  Duration timeout();

  /** How many connections a process holds at most. */
  @WithDefault("16")
  @Min(1)
  int connections();
}
