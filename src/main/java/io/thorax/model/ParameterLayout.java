package io.thorax.model;

import io.thorax.model.Parameter.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Which arrays a network has for an input size and a number of classes, from the input to the
 * output.
 */
final class ParameterLayout {
  static final String HIDDEN = "dense0";
  static final String OUTPUT = "output";

  /** A serialised graph, which holds every weight, must stay below protobuf's 2 GiB. */
  private static final long MAX_FLOATS = (Integer.MAX_VALUE - (16L << 20)) / Float.BYTES;

  private final List<Parameter> parameters = new ArrayList<>();

  private ParameterLayout() {}

  static List<Parameter> of(NetworkSpec spec, int height, int width, int classes) {
    if (height < 1 || width < 1 || classes < 2) {
      throw new IllegalArgumentException(
          "a network for " + height + " x " + width + " pixels and " + classes + " classes");
    }
    ParameterLayout layout = new ParameterLayout();
    try {
      layout.add(spec, height, width, classes);
      layout.requireSerialisable();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("the network is too large", e);
    }
    return List.copyOf(layout.parameters);
  }

  static String convolution(int block, int index) {
    return "conv" + block + "_" + index;
  }

  static String norm(int block, int index) {
    return "norm" + block + "_" + index;
  }

  private void add(NetworkSpec spec, int height, int width, int classes) {
    int rows = height;
    int columns = width;
    int channels = 3;
    for (int block = 0; block < spec.convBlocks(); block++) {
      int filters = spec.filters(block);
      convolution(convolution(block, 0), spec.kernel(), channels, filters);
      norm(norm(block, 0), filters);
      convolution(convolution(block, 1), spec.kernel(), filters, filters);
      channels = Math.addExact(channels, filters);
      norm(norm(block, 1), channels);
      rows = ceilDiv(rows, spec.poolSize().rows());
      columns = ceilDiv(columns, spec.poolSize().columns());
    }
    int features = Math.multiplyExact(Math.multiplyExact(rows, columns), channels);
    dense(HIDDEN, features, spec.denseNodes());
    dense(OUTPUT, spec.denseNodes(), classes);
  }

  private void convolution(String layer, Window kernel, int channels, int filters) {
    add(layer, Role.KERNEL, kernel.rows(), kernel.columns(), channels, filters);
    add(layer, Role.BIAS, filters);
  }

  private void norm(String layer, int channels) {
    add(layer, Role.GAMMA, channels);
    add(layer, Role.BETA, channels);
    add(layer, Role.MOVING_MEAN, channels);
    add(layer, Role.MOVING_VARIANCE, channels);
  }

  private void dense(String layer, int features, int nodes) {
    add(layer, Role.KERNEL, features, nodes);
    add(layer, Role.BIAS, nodes);
  }

  /** A pool with padding {@code same} gives the quotient rounded up. */
  private static int ceilDiv(int size, int pool) {
    return (size + pool - 1) / pool;
  }

  private void add(String layer, Role role, Integer... shape) {
    parameters.add(new Parameter(layer, role, List.of(shape)));
  }

  private void requireSerialisable() {
    long floats = parameters.stream().mapToLong(Parameter::size).reduce(0, Math::addExact);
    if (floats > MAX_FLOATS) {
      throw new IllegalArgumentException(
          "the network has " + floats + " weights, more than " + MAX_FLOATS + " fit into a graph");
    }
  }
}
