package io.thorax.model;

import io.thorax.model.Parameter.Role;
import java.util.Arrays;

/**
 * Batch norm as inference sees it (Ioffe and Szegedy, arXiv 1502.03167, algorithm 2, step 11): of
 * each channel {@code scale * x + shift}. Computed in double precision, rounded once.
 */
record Affine(double[] scale, double[] shift) {

  static Affine of(NetworkState state, String layer) {
    float[] gamma = state.values(layer + "/" + Role.GAMMA.text());
    float[] beta = state.values(layer + "/" + Role.BETA.text());
    float[] mean = state.values(layer + "/" + Role.MOVING_MEAN.text());
    float[] variance = state.values(layer + "/" + Role.MOVING_VARIANCE.text());
    double[] scale = new double[gamma.length];
    double[] shift = new double[gamma.length];
    for (int i = 0; i < gamma.length; i++) {
      scale[i] = gamma[i] / Math.sqrt(variance[i] + (double) ResidualGraph.NORM_EPSILON);
      shift[i] = beta[i] - mean[i] * scale[i];
    }
    return new Affine(scale, shift);
  }

  Affine channels(int from, int to) {
    return new Affine(Arrays.copyOfRange(scale, from, to), Arrays.copyOfRange(shift, from, to));
  }

  int size() {
    return scale.length;
  }

  /** A kernel whose last dimension is the channels, with the scale in it. */
  float[] foldKernel(float[] kernel) {
    float[] folded = new float[kernel.length];
    for (int i = 0; i < kernel.length; i++) {
      folded[i] = (float) (kernel[i] * scale[i % scale.length]);
    }
    return folded;
  }

  float[] foldBias(float[] bias) {
    float[] folded = new float[bias.length];
    for (int i = 0; i < bias.length; i++) {
      folded[i] = (float) (bias[i] * scale[i] + shift[i]);
    }
    return folded;
  }

  boolean increasing() {
    return Arrays.stream(scale).allMatch(value -> value >= 0);
  }

  /** -1 for each channel that falls, else 1. */
  float[] signs() {
    float[] signs = new float[scale.length];
    for (int i = 0; i < signs.length; i++) {
      signs[i] = scale[i] < 0 ? -1 : 1;
    }
    return signs;
  }

  float[] absoluteScale() {
    float[] absolute = new float[scale.length];
    for (int i = 0; i < absolute.length; i++) {
      absolute[i] = (float) Math.abs(scale[i]);
    }
    return absolute;
  }

  float[] floatShift() {
    float[] floats = new float[shift.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) shift[i];
    }
    return floats;
  }
}
