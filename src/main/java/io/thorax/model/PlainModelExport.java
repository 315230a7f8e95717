package io.thorax.model;

import io.thorax.study.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.math.Mean;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Writes a network as a SavedModel, weights in variables, with two signatures:
 *
 * <ul>
 *   <li>{@value #SERVING}: {@value #IMAGES} [B, height, width, 3] to {@value #PROBABILITIES} [B,
 *       classes];
 *   <li>{@value #GRAD_CAM}: {@value #IMAGES} and {@value #CLASS_INDEX} [B] int32 to {@value
 *       #PROBABILITIES}, {@value #ACTIVATIONS} of the last convolution [B, rows, columns, filters]
 *       and {@value #MAP} [B, rows, columns], see {@link GradCam}.
 * </ul>
 */
final class PlainModelExport {
  static final String SERVING = "serving_default";
  static final String GRAD_CAM = "grad_cam";
  static final String IMAGES = "images";
  static final String CLASS_INDEX = "class_index";
  static final String PROBABILITIES = "probabilities";
  static final String ACTIVATIONS = "activations";
  static final String MAP = "map";

  private static final String SAVED_MODEL = "saved_model.pb";

  private final Ops tf;

  private PlainModelExport(Ops tf) {
    this.tf = tf;
  }

  static void write(NetworkSpec spec, int height, int width, NetworkState weights, Path directory) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variables variables = new Variables(tf);
      weights.arrays().forEach((name, array) -> variables.add(name, array.shape()));
      PlainModelExport export = new PlainModelExport(tf);
      List<Signature> signatures = export.draw(spec, height, width, variables);
      try (Session session = new Session(graph)) {
        variables.write(session, weights.arrays());
        SavedModelBundle.exporter(directory.toString())
            .withSession(session)
            .withSignatures(signatures.toArray(Signature[]::new))
            .export();
      }
      Path file = directory.resolve(SAVED_MODEL);
      StableProtobuf.write(SavedModel.parseFrom(Files.readAllBytes(file)), file);
    } catch (IOException e) {
      throw new Failure.Poison("the SavedModel cannot be written", e);
    }
  }

  private List<Signature> draw(NetworkSpec spec, int height, int width, Variables variables) {
    Placeholder<TFloat32> images =
        tf.withName(IMAGES)
            .placeholder(
                TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, height, width, 3)));
    ResidualGraph.Pass pass =
        ResidualGraph.draw(tf, spec, variables.byName(), images, Optional.empty());
    Placeholder<TInt32> classIndex =
        tf.withName(CLASS_INDEX)
            .placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    return List.of(
        Signature.builder(SERVING)
            .input(IMAGES, images)
            .output(PROBABILITIES, pass.probabilities())
            .build(),
        Signature.builder(GRAD_CAM)
            .input(IMAGES, images)
            .input(CLASS_INDEX, classIndex)
            .output(PROBABILITIES, pass.probabilities())
            .output(ACTIVATIONS, pass.lastConvolution())
            .output(MAP, map(pass, classIndex))
            .build());
  }

  /** Images do not touch each other in inference, so the gradient of the sum is each one's own. */
  private Operand<TFloat32> map(ResidualGraph.Pass pass, Operand<TInt32> classIndex) {
    int classes = Math.toIntExact(pass.probabilities().shape().get(1));
    Operand<TFloat32> chosen =
        tf.math.mul(
            pass.probabilities(),
            tf.oneHot(classIndex, tf.constant(classes), tf.constant(1f), tf.constant(0f)));
    Operand<TFloat32> total = tf.sum(chosen, tf.constant(new int[] {0, 1}));
    Operand<TFloat32> gradient =
        tf.gradients(total, List.of(pass.lastConvolution())).<TFloat32>dy(0);
    Operand<TFloat32> weights =
        tf.math.mean(gradient, tf.constant(new int[] {1, 2}), Mean.keepDims(true));
    Operand<TFloat32> heat =
        tf.nn.relu(tf.math.mean(tf.math.mul(pass.lastConvolution(), weights), tf.constant(3)));
    Operand<TFloat32> most =
        tf.reduceMax(heat, tf.constant(new int[] {1, 2}), ReduceMax.keepDims(true));
    return tf.math.divNoNan(heat, most);
  }
}
