package io.thorax.training;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import io.thorax.dataset.ClassMode;
import io.thorax.imaging.InputSpec;
import io.thorax.model.NetworkSpec;
import io.thorax.model.OptimizerSpec;
import io.thorax.study.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plans for tests: the shipped configuration, and a network small enough to train in a second. */
final class TestPlans {
  static final TrainingSubject BINARY =
      new TrainingSubject(
          Sha256.ofUtf8("a data set"),
          ClassMode.BINARY,
          List.of("non-COVID-19", "COVID-19"),
          "COVID-19",
          InputSpec.ofSize(16, 16));
  static final TrainingSubject MULTICLASS =
      new TrainingSubject(
          Sha256.ofUtf8("a data set"),
          ClassMode.MULTICLASS,
          List.of("normal", "COVID-19", "other_pneumonia"),
          "COVID-19",
          InputSpec.ofSize(16, 16));
  static final NetworkDefaults NETWORK =
      new NetworkDefaults(NetworkSpec.dcnnBinary(), new OptimizerSpec.Adam(1e-5));

  private static final Map<String, Object> TINY =
      Map.ofEntries(
          Map.entry("init-filters", 4),
          Map.entry("filter-exp-base", 2),
          Map.entry("conv-blocks", 2),
          Map.entry("nodes-dense0", 16),
          Map.entry("dropout", 0.2),
          Map.entry("lr", 5e-3),
          Map.entry("batch-size", 16),
          Map.entry("epochs", 4),
          Map.entry("seed", 7));

  private static final int CONVERTER_PRIORITY = 200;

  private TestPlans() {}

  private static SmallRyeConfigBuilder configBuilder() {
    return new SmallRyeConfigBuilder()
        .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter());
  }

  /** As config/application.yaml has it. */
  static TrainingConfig shippedConfig() {
    try {
      return configBuilder()
          .withMapping(TrainingConfig.class)
          .withSources(
              new YamlConfigSource(
                  TestPlans.class.getClassLoader().getResource("application.yaml")))
          .withMappingIgnore("**")
          .build()
          .getConfigMapping(TrainingConfig.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the interface's defaults have it. */
  static TrainingConfig defaultConfig() {
    return configBuilder()
        .withMapping(TrainingConfig.class)
        .build()
        .getConfigMapping(TrainingConfig.class);
  }

  static TrainingPlan tiny(TrainingSubject subject, Map<String, Object> overrides) {
    Map<String, Object> all = new HashMap<>(TINY);
    all.putAll(overrides);
    return TrainingPlan.of(subject, defaultConfig(), NETWORK, all);
  }
}
