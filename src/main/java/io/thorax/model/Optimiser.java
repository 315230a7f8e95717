package io.thorax.model;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Draws an {@link OptimizerSpec} into a graph. The rate of a step is fed: Adam's bias correction is
 * computed here in double precision, so no power of its betas is kept as state.
 */
final class Optimiser {
  private static final String FIRST_MOMENT = "/m";
  private static final String SECOND_MOMENT = "/v";

  private final Ops tf;
  private final Variables variables;
  private final OptimizerSpec spec;
  private final Placeholder<TFloat32> rate;
  private final List<String> slots = new ArrayList<>();

  Optimiser(Ops tf, Variables variables, OptimizerSpec spec) {
    this.tf = tf;
    this.variables = variables;
    this.spec = spec;
    rate = tf.withName("rate").placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
  }

  Placeholder<TFloat32> ratePlaceholder() {
    return rate;
  }

  /** Names of the variables that this optimiser added. */
  List<String> slots() {
    return List.copyOf(slots);
  }

  /**
   * What to feed for a step.
   *
   * @param step how many steps were taken before
   */
  float rate(long step) {
    if (spec instanceof OptimizerSpec.Adam) {
      double correction1 = 1 - Math.pow(OptimizerSpec.Adam.BETA_1, step + 1);
      double correction2 = 1 - Math.pow(OptimizerSpec.Adam.BETA_2, step + 1);
      return (float) (spec.learningRate() * Math.sqrt(correction2) / correction1);
    }
    return (float) spec.learningRate();
  }

  /**
   * @param after creates operations that wait for all gradients
   */
  Op update(Ops after, String name, Variable<TFloat32> variable, Operand<TFloat32> gradient) {
    if (spec instanceof OptimizerSpec.Adam) {
      Operand<TFloat32> corrected = tf.constant(0f);
      return after.train.applyAdam(
          variable,
          slot(name, FIRST_MOMENT),
          slot(name, SECOND_MOMENT),
          corrected,
          corrected,
          rate,
          tf.constant(OptimizerSpec.Adam.BETA_1),
          tf.constant(OptimizerSpec.Adam.BETA_2),
          tf.constant(OptimizerSpec.Adam.EPSILON),
          gradient);
    }
    return after.train.applyGradientDescent(variable, rate, gradient);
  }

  private Variable<TFloat32> slot(String name, String suffix) {
    slots.add(name + suffix);
    return variables.add(name + suffix, variables.shape(name));
  }
}
