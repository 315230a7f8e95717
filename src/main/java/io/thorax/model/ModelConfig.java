package io.thorax.model;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.List;

/** The networks that a training takes unless its request says otherwise. */
@ConfigMapping(prefix = "thorax.model")
public interface ModelConfig {
  /** For two classes. */
  Network dcnnBinary();

  /** For more than two classes. */
  MulticlassNetwork dcnnMulticlass();

  /** Hyperparameters of {@link NetworkSpec}, and its optimiser. */
  interface Network {
    /** Which network. */
    @WithDefault(NetworkSpec.DCNN_RESNET)
    @Pattern(regexp = NetworkSpec.DCNN_RESNET)
    String definition();

    /** Rows and columns of a convolution's kernel. */
    @WithDefault("3,3")
    @Size(min = 2, max = 2)
    List<@Min(1) Integer> kernelSize();

    /** Strides of a convolution; only 1,1 fits this network. */
    @WithDefault("1,1")
    @Size(min = 2, max = 2)
    List<@Min(1) Integer> strides();

    /** Filters of the first block. */
    @WithDefault("16")
    @Min(1)
    int initFilters();

    /** How many times as many filters each block has as the one before. */
    @WithDefault("3")
    @Min(1)
    int filterExpBase();

    /** Rows and columns of the max pool that ends a block. */
    @WithDefault("2,2")
    @Size(min = 2, max = 2)
    List<@Min(1) Integer> maxpoolSize();

    /** How many blocks. */
    @WithDefault("3")
    @Min(1)
    int convBlocks();

    /** Nodes of the hidden dense layer. */
    @WithDefault("128")
    @Min(1)
    int nodesDense0();

    @WithDefault("0.00001")
    @Positive
    double learningRate();

    /** adam or sgd. */
    @WithDefault("adam")
    @Pattern(regexp = "(?i)adam|sgd")
    String optimizer();

    /** Share of the flattened features that a training step leaves out. */
    @WithDefault("0.4")
    @DecimalMin("0")
    @DecimalMax(value = "1", inclusive = false)
    double dropout();

    /** Weight of the activity regulariser; 0 turns it off. */
    @WithDefault("0.0001")
    @PositiveOrZero
    double l2Lambda();
  }

  /** As {@link Network}, with a block more and a higher rate. */
  interface MulticlassNetwork extends Network {
    @Override
    @WithDefault("4")
    @Min(1)
    int convBlocks();

    @Override
    @WithDefault("0.0002")
    @Positive
    double learningRate();
  }

  static NetworkSpec networkSpec(Network network) {
    return new NetworkSpec(
        network.definition(),
        Window.of(network.kernelSize()),
        Window.of(network.strides()),
        network.initFilters(),
        network.filterExpBase(),
        Window.of(network.maxpoolSize()),
        network.convBlocks(),
        network.nodesDense0(),
        network.dropout(),
        network.l2Lambda());
  }

  static OptimizerSpec optimizerSpec(Network network) {
    return OptimizerSpec.of(network.optimizer(), network.learningRate());
  }
}
