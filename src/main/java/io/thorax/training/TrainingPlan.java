package io.thorax.training;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.thorax.dataset.ClassMode;
import io.thorax.model.NetworkSpec;
import io.thorax.model.OptimizerSpec;
import io.thorax.study.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All that decides how a training goes: the same plan on the same data set sees the same batches.
 *
 * @param experiment what was asked for; {@link Trainer} runs one network of it
 * @param numRuns networks of a multi experiment
 * @param epochs the most there will be
 * @param patience epochs without a lower validation loss after which it stops
 * @param classMultipliers one a class; for {@link ImbalanceStrategy#CLASS_WEIGHT}
 * @param rotationDegrees images are turned by up to this, to either side
 * @param thresholds of the positive class's probability, to report precision and recall at
 */
public record TrainingPlan(
    TrainingSubject subject,
    NetworkSpec network,
    OptimizerSpec optimizer,
    ExperimentType experiment,
    int numRuns,
    int numGpus,
    int batchSize,
    int epochs,
    int patience,
    ImbalanceStrategy imbalanceStrategy,
    List<Double> classMultipliers,
    double rotationDegrees,
    List<Double> thresholds,
    List<MetricName> metricPreference,
    long seed) {

  private static final int MANY = 1_000_000;
  private static final JsonMapper CANONICAL =
      JsonMapper.builder().enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

  public TrainingPlan {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(experiment, "experiment");
    Objects.requireNonNull(imbalanceStrategy, "imbalanceStrategy");
    classMultipliers = List.copyOf(classMultipliers);
    thresholds = List.copyOf(thresholds);
    metricPreference = List.copyOf(metricPreference);
    require(numRuns >= 1, "num-runs: must be at least 1");
    require(numGpus >= 1, "num-gpus: must be at least 1");
    require(batchSize >= 1, "batch-size: must be at least 1");
    require(epochs >= 1, "epochs: must be at least 1");
    require(patience >= 1, "patience: must be at least 1");
    require(rotationDegrees >= 0 && rotationDegrees <= 180, "rotation-degrees: must be 0 to 180");
    require(!thresholds.isEmpty(), "thresholds: must not be empty");
    require(!metricPreference.isEmpty(), "metric-preference: must not be empty");
    require(
        classMultipliers.size() == subject.classes().size(),
        "class-multiplier: "
            + classMultipliers.size()
            + " values for the "
            + subject.classes().size()
            + " classes "
            + subject.classes());
  }

  /**
   * The configuration's defaults with what a request wants otherwise.
   *
   * @param overrides any key of {@code thorax.training} that concerns the experiment, and any of
   *     the network, as the configuration or the reference system spells it: {@code batch-size},
   *     {@code BATCH_SIZE}; values as JSON gives them
   * @throws IllegalArgumentException naming the key that is unknown or whose value is bad
   */
  public static TrainingPlan of(
      TrainingSubject subject,
      TrainingConfig defaults,
      NetworkDefaults networkDefaults,
      Map<String, Object> overrides) {
    Overrides wanted = new Overrides(overrides);
    NetworkDefaults network = networkDefaults.with(wanted);
    TrainingPlan plan =
        new TrainingPlan(
            subject,
            network.network(),
            network.optimizer(),
            wanted.parsed(defaults.experimentType(), ExperimentType::of, "experiment-type"),
            wanted.integer(defaults.numRuns(), 1, MANY, "num-runs"),
            wanted.integer(defaults.numGpus(), 1, MANY, "num-gpus"),
            wanted.integer(defaults.batchSize(), 1, 4096, "batch-size"),
            wanted.integer(defaults.epochs(), 1, MANY, "epochs"),
            wanted.integer(defaults.patience(), 1, MANY, "patience"),
            wanted.choice(defaults.imbalanceStrategy(), "imbalance-strategy", "imb-strategy"),
            multipliers(subject.classMode(), defaults.classMultiplier(), wanted),
            wanted.decimal(defaults.rotationDegrees(), 0, 180, "rotation-degrees"),
            wanted.decimals(defaults.thresholds(), 0, 1, "thresholds"),
            wanted.choices(MetricName.class, defaults.metricPreference(), "metric-preference"),
            wanted.whole(defaults.seed(), Long.MIN_VALUE, Long.MAX_VALUE, "seed"));
    wanted.refuseOthers();
    return plan;
  }

  private static List<Double> multipliers(
      ClassMode mode, TrainingConfig.ClassMultiplier defaults, Overrides wanted) {
    List<Double> binary = multiplier(defaults.binary(), wanted, "class-multiplier.binary");
    List<Double> multiclass =
        multiplier(defaults.multiclass(), wanted, "class-multiplier.multiclass");
    return multiplier(mode == ClassMode.BINARY ? binary : multiclass, wanted, "class-multiplier");
  }

  private static List<Double> multiplier(List<Double> otherwise, Overrides wanted, String key) {
    return wanted.decimals(otherwise, 0, Float.MAX_VALUE, key);
  }

  /** The same training from other random numbers. */
  public TrainingPlan withSeed(long other) {
    return new TrainingPlan(
        subject,
        network,
        optimizer,
        experiment,
        numRuns,
        numGpus,
        batchSize,
        epochs,
        patience,
        imbalanceStrategy,
        classMultipliers,
        rotationDegrees,
        thresholds,
        metricPreference,
        other);
  }

  @JsonIgnore
  public int classCount() {
    return subject.classes().size();
  }

  @JsonIgnore
  public int positiveIndex() {
    return subject.classes().indexOf(subject.positiveClass());
  }

  /** Names the plan in its checkpoints: those of another are not gone on from. */
  public Sha256 digest() {
    try {
      return Sha256.ofUtf8(CANONICAL.writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values is always writable", e);
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
