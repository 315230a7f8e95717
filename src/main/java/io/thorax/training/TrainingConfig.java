package io.thorax.training;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;

/** How networks are trained, unless a request says otherwise ({@link TrainingPlan#of}). */
@ConfigMapping(prefix = "thorax.training")
public interface TrainingConfig {
  /** Loss weights of the classes, beyond what their rarity gives; for class-weight only. */
  ClassMultiplier classMultiplier();

  /** What is trained: single, multi (num-runs networks) or search. */
  @WithDefault("single")
  ExperimentType experimentType();

  /** Images a step. */
  @WithDefault("32")
  @Min(1)
  @Max(4096)
  int batchSize();

  /** The most epochs; early stopping usually ends before. */
  @WithDefault("200")
  @Min(1)
  int epochs();

  /** Probabilities of the positive class at which precision and recall are reported too. */
  @WithDefault("0.5")
  @NotEmpty
  List<@DecimalMin("0") @DecimalMax("1") Double> thresholds();

  /** Epochs without a lower validation loss after which a training stops. */
  @WithDefault("7")
  @Min(1)
  int patience();

  /** What is done about classes of unequal size: class-weight or random-oversample. */
  @WithDefault("class-weight")
  ImbalanceStrategy imbalanceStrategy();

  /** What decides between networks, first to last; ties go to the next. */
  @WithDefault("auc,recall,precision,loss")
  @NotEmpty
  List<MetricName> metricPreference();

  /** Networks of a multi experiment. */
  @WithDefault("10")
  @Min(1)
  int numRuns();

  /** GPUs that share a training's batches. */
  @WithDefault("1")
  @Min(1)
  int numGpus();

  /** Decides initial weights, order of images, angles and dropout. */
  @WithDefault("42")
  long seed();

  /** Training images are turned by a random angle up to this, to either side; 0 turns it off. */
  @WithDefault("10")
  @DecimalMin("0")
  @DecimalMax("180")
  double rotationDegrees();

  /** Threads that prepare coming batches while the network trains on the current one. */
  @WithDefault("1")
  @Min(1)
  @Max(64)
  int preparationThreads();

  Checkpoint checkpoint();

  /** One factor a class, in the classes' order. */
  interface ClassMultiplier {
    @WithDefault("0.15,1.0")
    @NotEmpty
    List<@DecimalMin("0") Double> binary();

    @WithDefault("0.4,1.0,0.4")
    @NotEmpty
    List<@DecimalMin("0") Double> multiclass();
  }

  /** A checkpoint is kept trying, at these intervals, while the store is away. */
  interface Checkpoint {
    /** Wait after the first failure; it doubles with each further one. */
    @WithDefault("200ms")
    Duration retryDelay();

    @WithDefault("5s")
    Duration maxRetryDelay();
  }
}
