package io.thorax.workflow;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How the use cases work. */
@ConfigMapping(prefix = "thorax.workflow")
public interface WorkflowConfig {

  /**
   * Buckets that an event may name; an image elsewhere is rejected as forbidden-location. The
   * artifacts' bucket must be among them: X-rays that are submitted by REST are put there.
   */
  @WithDefault("xrays,${thorax.object-store.artifacts-bucket:thorax}")
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
  @DurationMin(seconds = 1, message = "must be at least {seconds} s")
  Duration lease();

  /** Claims that a task may have without getting any further before it has failed. */
  @WithDefault("3")
  @Min(1)
  int maxClaims();

  /**
   * How long the checkpoints of a trial that was cancelled or has failed are kept after its end, to
   * go on from. Those of one that has finished are not kept.
   */
  @WithDefault("7d")
  @DurationMin(message = "must not be negative")
  @DurationMax(days = 36_500, message = "must be at most {days} days")
  Duration checkpointRetention();

  /** How often a process that trains looks for checkpoints that are to be deleted. */
  @WithDefault("10m")
  @DurationMin(seconds = 1, message = "must be at least {seconds} s")
  Duration checkpointSweepInterval();
}
