package io.thorax.model;

import io.thorax.model.Parameter.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.op.random.StatelessRandomUniform;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Draws dcnn_resnet into a graph, once for each way it is run: with a dropout seed it is the
 * training pass (batch norm by the batch's statistics, dropout), without one it is inference.
 */
final class ResidualGraph {
  static final float LEAKY_SLOPE = 0.3f;
  static final float NORM_EPSILON = 1e-3f;
  static final float NORM_MOMENTUM = 0.99f;

  /**
   * What a pass computes.
   *
   * @param logits [B, classes]
   * @param probabilities [B, classes], the softmax of the logits
   * @param lastConvolution [B, rows, columns, filters]: what the last convolution gives, with its
   *     bias, before batch norm: what Grad-CAM looks at
   * @param regularisation the activity regulariser's share of the loss, a scalar
   * @param batchStatistics in training: mean and variance of this batch by the name of the moving
   *     one that follows them; the variance with Bessel's correction, as Keras's fused batch norm
   */
  record Pass(
      Operand<TFloat32> logits,
      Operand<TFloat32> probabilities,
      Operand<TFloat32> lastConvolution,
      Operand<TFloat32> regularisation,
      Map<String, Operand<TFloat32>> batchStatistics) {}

  private final Ops tf;
  private final NetworkSpec spec;
  private final Map<String, ? extends Operand<TFloat32>> parameters;
  private final Optional<Operand<TInt64>> dropoutSeed;
  private final List<Operand<TFloat32>> halfSquares = new ArrayList<>();
  private final Map<String, Operand<TFloat32>> batchStatistics = new LinkedHashMap<>();

  private ResidualGraph(
      Ops tf,
      NetworkSpec spec,
      Map<String, ? extends Operand<TFloat32>> parameters,
      Optional<Operand<TInt64>> dropoutSeed) {
    this.tf = tf;
    this.spec = spec;
    this.parameters = parameters;
    this.dropoutSeed = dropoutSeed;
  }

  /**
   * @param parameters by {@link Parameter#name()}
   * @param images [B, height, width, 3]
   * @param dropoutSeed [2], present in training
   */
  static Pass draw(
      Ops tf,
      NetworkSpec spec,
      Map<String, ? extends Operand<TFloat32>> parameters,
      Operand<TFloat32> images,
      Optional<Operand<TInt64>> dropoutSeed) {
    return new ResidualGraph(tf, spec, parameters, dropoutSeed).draw(images);
  }

  private Pass draw(Operand<TFloat32> images) {
    Operand<TFloat32> features = images;
    Operand<TFloat32> lastConvolution = images;
    for (int block = 0; block < spec.convBlocks(); block++) {
      Operand<TFloat32> input = features;
      features = convolution(ParameterLayout.convolution(block, 0), features);
      features = leaky(norm(ParameterLayout.norm(block, 0), features));
      lastConvolution = convolution(ParameterLayout.convolution(block, 1), features);
      features = tf.concat(List.of(lastConvolution, input), tf.constant(3));
      features = pool(leaky(norm(ParameterLayout.norm(block, 1), features)));
    }
    features = dense(ParameterLayout.HIDDEN, dropout(flatten(features)));
    halfSquares.add(tf.nn.l2Loss(features));
    Operand<TFloat32> logits = dense(ParameterLayout.OUTPUT, leaky(features));
    return new Pass(
        logits, tf.nn.softmax(logits), lastConvolution, regularisation(images), batchStatistics);
  }

  private Operand<TFloat32> convolution(String layer, Operand<TFloat32> input) {
    List<Long> strides =
        List.of(1L, (long) spec.strides().rows(), (long) spec.strides().columns(), 1L);
    Operand<TFloat32> output =
        tf.nn.biasAdd(
            tf.nn.conv2d(input, parameter(layer, Role.KERNEL), strides, "SAME"),
            parameter(layer, Role.BIAS));
    halfSquares.add(tf.nn.l2Loss(output));
    return output;
  }

  private Operand<TFloat32> norm(String layer, Operand<TFloat32> input) {
    boolean training = dropoutSeed.isPresent();
    Operand<TFloat32> none = tf.constant(new float[0]);
    FusedBatchNorm<TFloat32, TFloat32> norm =
        tf.nn.fusedBatchNorm(
            input,
            parameter(layer, Role.GAMMA),
            parameter(layer, Role.BETA),
            training ? none : parameter(layer, Role.MOVING_MEAN),
            training ? none : parameter(layer, Role.MOVING_VARIANCE),
            FusedBatchNorm.epsilon(NORM_EPSILON),
            FusedBatchNorm.isTraining(training));
    if (training) {
      batchStatistics.put(name(layer, Role.MOVING_MEAN), norm.batchMean());
      batchStatistics.put(name(layer, Role.MOVING_VARIANCE), norm.batchVariance());
    }
    return norm.y();
  }

  private Operand<TFloat32> pool(Operand<TFloat32> input) {
    Window pool = spec.poolSize();
    Operand<TInt32> window = tf.constant(new int[] {1, pool.rows(), pool.columns(), 1});
    return tf.nn.maxPool(input, window, window, "SAME");
  }

  private Operand<TFloat32> flatten(Operand<TFloat32> input) {
    int features = (int) parameter(ParameterLayout.HIDDEN, Role.KERNEL).shape().get(0);
    return tf.reshape(input, tf.constant(new int[] {-1, features}));
  }

  /** Inverted dropout, as Keras: what is kept is scaled up, so inference needs no scale. */
  private Operand<TFloat32> dropout(Operand<TFloat32> input) {
    if (dropoutSeed.isEmpty() || spec.dropout() == 0) {
      return input;
    }
    Operand<TFloat32> uniform =
        StatelessRandomUniform.create(tf.scope(), tf.shape(input), dropoutSeed.get());
    Operand<TFloat32> kept =
        tf.dtypes.cast(
            tf.math.greaterEqual(uniform, tf.constant((float) spec.dropout())), TFloat32.class);
    Operand<TFloat32> scale = tf.constant((float) (1 / (1 - spec.dropout())));
    return tf.math.mul(input, tf.math.mul(kept, scale));
  }

  private Operand<TFloat32> dense(String layer, Operand<TFloat32> input) {
    return tf.nn.biasAdd(
        tf.linalg.matMul(input, parameter(layer, Role.KERNEL)), parameter(layer, Role.BIAS));
  }

  private Operand<TFloat32> leaky(Operand<TFloat32> input) {
    return tf.nn.leakyRelu(input, LeakyRelu.alpha(LEAKY_SLOPE));
  }

  /** {@code l2Lambda * sum of squares / batch size}; TensorFlow's l2Loss is half of a sum. */
  private Operand<TFloat32> regularisation(Operand<TFloat32> images) {
    if (spec.l2Lambda() == 0) {
      return tf.constant(0f);
    }
    Operand<TInt32> batch = tf.gather(tf.shape(images), tf.constant(0), tf.constant(0));
    Operand<TFloat32> weight =
        tf.math.div(
            tf.constant((float) (2 * spec.l2Lambda())), tf.dtypes.cast(batch, TFloat32.class));
    return tf.math.mul(weight, tf.math.addN(halfSquares));
  }

  private Operand<TFloat32> parameter(String layer, Role role) {
    return parameters.get(name(layer, role));
  }

  private static String name(String layer, Role role) {
    return layer + "/" + role.text();
  }
}
