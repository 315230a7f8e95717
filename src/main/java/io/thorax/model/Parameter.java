package io.thorax.model;

import java.util.List;

/**
 * One array of a network.
 *
 * @param layer for example {@code conv0_1}
 * @param shape as Keras lays it out: a convolution's kernel is rows, columns, channels in, filters;
 *     a dense kernel is features in, nodes
 */
record Parameter(String layer, Role role, List<Integer> shape) {
  enum Role {
    KERNEL("kernel", true),
    BIAS("bias", true),
    GAMMA("gamma", true),
    BETA("beta", true),
    MOVING_MEAN("moving_mean", false),
    MOVING_VARIANCE("moving_variance", false);

    private final String text;
    private final boolean trainable;

    Role(String text, boolean trainable) {
      this.text = text;
      this.trainable = trainable;
    }

    String text() {
      return text;
    }
  }

  Parameter {
    shape = List.copyOf(shape);
  }

  String name() {
    return layer + "/" + role.text;
  }

  boolean trainable() {
    return role.trainable;
  }

  long size() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }
}
