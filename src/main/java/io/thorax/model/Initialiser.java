package io.thorax.model;

import io.thorax.model.Parameter.Role;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * First values of a network's arrays: He uniform (arXiv 1502.01852, eq. 10, as a uniform
 * distribution) for the kernels before a LeakyReLU, Glorot uniform (Glorot and Bengio 2010, eq. 16)
 * for the output's kernel, ones for scales and variances, zeros for the rest. The same seed always
 * gives the same values, on every machine.
 */
final class Initialiser {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final long seed;
  private final double[] outputBias;

  Initialiser(long seed, double[] outputBias) {
    this.seed = seed;
    this.outputBias = outputBias.clone();
  }

  /**
   * @param index of the parameter in its network: each has random numbers of its own
   */
  float[] values(Parameter parameter, int index) {
    float[] values = new float[Math.toIntExact(parameter.size())];
    boolean output = parameter.layer().equals(ParameterLayout.OUTPUT);
    if (parameter.role() == Role.KERNEL) {
      fillUniform(
          values,
          limit(parameter, output),
          new SplittableRandom(seed ^ (index + 1) * GOLDEN_GAMMA));
    } else if (parameter.role() == Role.GAMMA || parameter.role() == Role.MOVING_VARIANCE) {
      Arrays.fill(values, 1);
    } else if (parameter.role() == Role.BIAS && output) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) outputBias[i];
      }
    }
    return values;
  }

  private static double limit(Parameter kernel, boolean glorot) {
    int out = kernel.shape().get(kernel.shape().size() - 1);
    double fanIn = (double) kernel.size() / out;
    return glorot ? Math.sqrt(6 / (fanIn + out)) : Math.sqrt(6 / fanIn);
  }

  private static void fillUniform(float[] values, double limit, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (limit * (2 * random.nextDouble() - 1));
    }
  }
}
