package io.thorax.workflow;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** How the use cases work. */
@ConfigMapping(prefix = "thorax.workflow")
public interface WorkflowConfig {

  /** Buckets that an event may name; an image elsewhere is rejected as forbidden-location. */
  @WithDefault("xrays,thorax")
  Set<String> allowedBuckets();

  /** Threads that fetch, decode and prepare images; 0 takes the number of processors. */
  @WithDefault("0")
  @Min(0)
  int preparationThreads();

  /**
   * The positive class is predicted from this probability on; empty takes the threshold that the
   * model carries.
   */
  Optional<@DecimalMin("0") @DecimalMax("1") Double> threshold();

  /** How long a claimed task belongs to its worker without a heartbeat. */
  @WithDefault("30s")
  Duration lease();

  /** How often a task that takes its worker down is claimed again before it has failed. */
  @WithDefault("3")
  @Min(1)
  int maxClaims();

  /** Where training checkpoints and pixel caches are kept while in use. */
  @WithDefault("${java.io.tmpdir}/thorax/work")
  Path workDirectory();
}
