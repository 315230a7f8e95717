package io.thorax.training;

import io.thorax.model.NetworkSpec;
import io.thorax.model.OptimizerSpec;
import io.thorax.model.Window;
import java.util.Locale;
import java.util.Objects;

/** The network and optimiser that a request starts from, for the data set's class mode. */
public record NetworkDefaults(NetworkSpec network, OptimizerSpec optimizer) {
  public NetworkDefaults {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(optimizer, "optimizer");
  }

  /** Keys: those of the reference system's NN section, and the names that the network has here. */
  NetworkDefaults with(Overrides overrides) {
    return new NetworkDefaults(networkWith(overrides), optimizerWith(overrides));
  }

  private NetworkSpec networkWith(Overrides overrides) {
    return new NetworkSpec(
        overrides.parsed(
            network.definition(), NetworkDefaults::definition, "model-def", "definition"),
        window(overrides, network.kernel(), "kernel-size", "kernel"),
        window(overrides, network.strides(), "strides"),
        overrides.integer(network.initialFilters(), 1, 4096, "init-filters", "initial-filters"),
        overrides.integer(network.filterExpBase(), 1, 16, "filter-exp-base"),
        window(overrides, network.poolSize(), "maxpool-size", "pool-size"),
        overrides.integer(network.convBlocks(), 1, 16, "conv-blocks"),
        overrides.integer(network.denseNodes(), 1, 65_536, "nodes-dense0", "dense-nodes"),
        overrides.decimal(network.dropout(), 0, Math.nextDown(1.0), "dropout"),
        overrides.decimal(network.l2Lambda(), 0, Float.MAX_VALUE, "l2-lambda"));
  }

  private OptimizerSpec optimizerWith(Overrides overrides) {
    double rate =
        overrides.decimal(
            optimizer.learningRate(), Double.MIN_NORMAL, Float.MAX_VALUE, "lr", "learning-rate");
    OptimizerSpec unchanged =
        optimizer instanceof OptimizerSpec.Adam
            ? new OptimizerSpec.Adam(rate)
            : new OptimizerSpec.Sgd(rate);
    return overrides.parsed(unchanged, name -> optimizer(name, rate), "optimizer");
  }

  private static OptimizerSpec optimizer(String name, double rate) {
    try {
      return OptimizerSpec.of(name, rate);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be adam or sgd", e);
    }
  }

  private static String definition(String name) {
    if (!NetworkSpec.DCNN_RESNET.equals(name.toLowerCase(Locale.ROOT).replace('-', '_'))) {
      throw new IllegalArgumentException("must be " + NetworkSpec.DCNN_RESNET);
    }
    return NetworkSpec.DCNN_RESNET;
  }

  private static Window window(Overrides overrides, Window otherwise, String... spellings) {
    return Window.of(overrides.pair(otherwise.toList(), spellings));
  }
}
