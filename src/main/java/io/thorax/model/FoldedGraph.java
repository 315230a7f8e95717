package io.thorax.model;

import io.thorax.model.NetworkState.NamedArray;
import io.thorax.model.Parameter.Role;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The network for serving: weights frozen, batch norms folded away, drawn so that TensorFlow's
 * remapper makes one oneDNN operation of each convolution, its bias and its LeakyReLU. It computes
 * what the plain graph does but for rounding.
 *
 * <p>The concatenation of a block comes last, for its two halves can be treated apart:
 *
 * <ul>
 *   <li>the convolution's channels: convolution with the norm in it, LeakyReLU, pool;
 *   <li>the channels of the block's input: pool first, norm and LeakyReLU on what is left. Both
 *       only grow with their argument, so the maximum of a window stays the maximum. Where a scale
 *       is negative the channel is mirrored before the pool and its scale made positive, which is
 *       exact.
 * </ul>
 *
 * <p>The hidden dense layer's bias is added in four dimensions, out of the remapper's reach: fused,
 * its 85 MB of weights would be packed for the batch size of the session's first call, and packed
 * again at each call of another.
 */
final class FoldedGraph {
  static final String IMAGES = "images";
  static final String PROBABILITIES = "probabilities";

  private final Ops tf;
  private final NetworkSpec spec;
  private final NetworkState state;

  private FoldedGraph(Ops tf, NetworkSpec spec, NetworkState state) {
    this.tf = tf;
    this.spec = spec;
    this.state = state;
  }

  static GraphDef build(NetworkSpec spec, int height, int width, NetworkState state) {
    try (Graph graph = new Graph()) {
      new FoldedGraph(Ops.create(graph), spec, state).draw(height, width);
      return graph.toGraphDef();
    }
  }

  private void draw(int height, int width) {
    Shape shape = Shape.of(Shape.UNKNOWN_SIZE, height, width, 3);
    Operand<TFloat32> features =
        tf.withName(IMAGES).placeholder(TFloat32.class, Placeholder.shape(shape));
    int channels = 3;
    for (int block = 0; block < spec.convBlocks(); block++) {
      features = block(block, channels, features);
      channels += spec.filters(block);
    }
    tf.withName(PROBABILITIES).nn.softmax(output(hidden(features)));
  }

  private Operand<TFloat32> block(int block, int channels, Operand<TFloat32> input) {
    int filters = spec.filters(block);
    Affine outer = Affine.of(state, ParameterLayout.norm(block, 1));
    Operand<TFloat32> first =
        convolution(
            ParameterLayout.convolution(block, 0),
            Affine.of(state, ParameterLayout.norm(block, 0)),
            input);
    Operand<TFloat32> second =
        convolution(ParameterLayout.convolution(block, 1), outer.channels(0, filters), first);
    Operand<TFloat32> residual = residual(outer.channels(filters, filters + channels), input);
    return tf.concat(List.of(pool(second), residual), tf.constant(3));
  }

  private Operand<TFloat32> convolution(String layer, Affine norm, Operand<TFloat32> input) {
    NamedArray kernel = state.arrays().get(layer + "/" + Role.KERNEL.text());
    float[] bias = state.values(layer + "/" + Role.BIAS.text());
    Operand<TFloat32> weights = constant(kernel.shape(), norm.foldKernel(kernel.values()));
    return leaky(
        tf.nn.biasAdd(
            tf.nn.conv2d(input, weights, List.of(1L, 1L, 1L, 1L), "SAME"),
            vector(norm.foldBias(bias))));
  }

  private Operand<TFloat32> residual(Affine norm, Operand<TFloat32> input) {
    Operand<TFloat32> rising = norm.increasing() ? input : tf.math.mul(input, vector(norm.signs()));
    Operand<TFloat32> scaled = tf.math.mul(pool(rising), vector(norm.absoluteScale()));
    return leaky(tf.math.add(scaled, vector(norm.floatShift())));
  }

  private Operand<TFloat32> pool(Operand<TFloat32> input) {
    Window pool = spec.poolSize();
    Operand<TInt32> window = tf.constant(new int[] {1, pool.rows(), pool.columns(), 1});
    return tf.nn.maxPool(input, window, window, "SAME");
  }

  private Operand<TFloat32> hidden(Operand<TFloat32> features) {
    NamedArray kernel = state.arrays().get(ParameterLayout.HIDDEN + "/" + Role.KERNEL.text());
    float[] bias = state.values(ParameterLayout.HIDDEN + "/" + Role.BIAS.text());
    int nodes = bias.length;
    Operand<TFloat32> flat =
        tf.reshape(features, tf.constant(new int[] {-1, kernel.shape().get(0)}));
    Operand<TFloat32> product = tf.linalg.matMul(flat, constant(kernel.shape(), kernel.values()));
    Operand<TFloat32> raised = tf.reshape(product, tf.constant(new int[] {-1, 1, 1, nodes}));
    Operand<TFloat32> hidden = leaky(tf.nn.biasAdd(raised, vector(bias)));
    return tf.reshape(hidden, tf.constant(new int[] {-1, nodes}));
  }

  private Operand<TFloat32> output(Operand<TFloat32> hidden) {
    NamedArray kernel = state.arrays().get(ParameterLayout.OUTPUT + "/" + Role.KERNEL.text());
    float[] bias = state.values(ParameterLayout.OUTPUT + "/" + Role.BIAS.text());
    return tf.nn.biasAdd(
        tf.linalg.matMul(hidden, constant(kernel.shape(), kernel.values())), vector(bias));
  }

  private Operand<TFloat32> leaky(Operand<TFloat32> input) {
    return tf.nn.leakyRelu(input, LeakyRelu.alpha(ResidualGraph.LEAKY_SLOPE));
  }

  private Operand<TFloat32> vector(float[] values) {
    return constant(List.of(values.length), values);
  }

  private Operand<TFloat32> constant(List<Integer> shape, float[] values) {
    try (TFloat32 tensor = FloatTensors.of(shape, values)) {
      return tf.constantOf(tensor);
    }
  }
}
