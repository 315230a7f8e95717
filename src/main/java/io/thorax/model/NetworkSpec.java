package io.thorax.model;

import java.util.Objects;

/**
 * The hyperparameters of a network. {@code dcnn_resnet} is a stack of blocks
 *
 * <pre>
 *   conv - batch norm - LeakyReLU - conv - concatenate with the block's input
 *        - batch norm - LeakyReLU - max pool
 * </pre>
 *
 * then flatten, dropout, dense, LeakyReLU, dense, softmax.
 *
 * @param definition which network; {@value #DCNN_RESNET} is the one there is
 * @param kernel of every convolution
 * @param strides of every convolution; only 1 x 1, for a block's input is concatenated to its
 *     output
 * @param initialFilters of the first block
 * @param filterExpBase block i has {@code initialFilters * filterExpBase^i} filters
 * @param poolSize window and stride of the max pool that ends a block
 * @param convBlocks how many blocks
 * @param denseNodes of the hidden dense layer
 * @param dropout share of the flattened features that a training step leaves out, in [0, 1)
 * @param l2Lambda weight of the activity regulariser (the sum of squares of each convolution's and
 *     of the hidden dense layer's output, divided by the batch size); 0 turns it off
 */
public record NetworkSpec(
    String definition,
    Window kernel,
    Window strides,
    int initialFilters,
    int filterExpBase,
    Window poolSize,
    int convBlocks,
    int denseNodes,
    double dropout,
    double l2Lambda) {

  public static final String DCNN_RESNET = "dcnn_resnet";

  public NetworkSpec {
    Objects.requireNonNull(kernel, "kernel");
    Objects.requireNonNull(strides, "strides");
    Objects.requireNonNull(poolSize, "poolSize");
    require(DCNN_RESNET.equals(definition), "definition must be dcnn_resnet, not " + definition);
    require(
        strides.equals(Window.square(1)),
        "strides must be [1, 1], for a block's input is concatenated to its output");
    require(initialFilters >= 1, "initialFilters must be at least 1");
    require(filterExpBase >= 1, "filterExpBase must be at least 1");
    require(convBlocks >= 1, "convBlocks must be at least 1");
    require(denseNodes >= 1, "denseNodes must be at least 1");
    require(dropout >= 0 && dropout < 1, "dropout must be in [0, 1)");
    require(l2Lambda >= 0 && Double.isFinite(l2Lambda), "l2Lambda must be 0 or more");
    require(
        initialFilters * Math.pow(filterExpBase, convBlocks - 1) <= Integer.MAX_VALUE,
        "the last block has too many filters");
  }

  /** The reference's default for two classes. */
  public static NetworkSpec dcnnBinary() {
    return dcnn(3);
  }

  /** The reference's default for more than two classes: a block more. */
  public static NetworkSpec dcnnMulticlass() {
    return dcnn(4);
  }

  private static NetworkSpec dcnn(int convBlocks) {
    return new NetworkSpec(
        DCNN_RESNET,
        Window.square(3),
        Window.square(1),
        16,
        3,
        Window.square(2),
        convBlocks,
        128,
        0.4,
        1e-4);
  }

  int filters(int block) {
    return (int) Math.round(initialFilters * Math.pow(filterExpBase, block));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
