package io.thorax.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The graph of a {@link TrainableNetwork}: the network drawn twice over the same variables, for
 * training and for inference, the loss, its gradients and the step that applies them.
 */
final class TrainingGraph implements AutoCloseable {
  final Placeholder<TFloat32> images;
  final Placeholder<TFloat32> targets;
  final Placeholder<TFloat32> weights;
  final Placeholder<TInt64> dropoutSeed;
  final ResidualGraph.Pass training;
  final ResidualGraph.Pass inference;
  final Operand<TFloat32> loss;

  /** By the name of the trainable parameter. */
  final Map<String, Operand<TFloat32>> gradients;

  final Optimiser optimiser;
  final Op step;
  final Op clearSlots;

  private final Graph graph;
  private final Ops tf;
  private final Variables variables;

  /** Takes the graph over, and closes it with itself. */
  TrainingGraph(
      Graph graph,
      NetworkSpec spec,
      List<Parameter> parameters,
      Shape images,
      OptimizerSpec optimizer) {
    this.graph = graph;
    tf = Ops.create(graph);
    variables = new Variables(tf);
    parameters.forEach(parameter -> variables.add(parameter.name(), parameter.shape()));
    Map<String, Variable<TFloat32>> byName = variables.byName();

    this.images = floats("images", images);
    targets = floats("targets", Shape.of(Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE));
    weights = floats("weights", Shape.of(Shape.UNKNOWN_SIZE));
    dropoutSeed =
        tf.withName("dropout_seed").placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    training = draw("training", spec, byName, Optional.of(dropoutSeed));
    inference = draw("inference", spec, byName, Optional.empty());
    loss = tf.math.add(crossEntropy(), training.regularisation());
    gradients =
        gradients(parameters.stream().filter(Parameter::trainable).map(Parameter::name).toList());
    optimiser = new Optimiser(tf, variables, optimizer);
    step = tf.withControlDependencies(updates()).withName("step").noOp();
    clearSlots = variables.clear(optimiser.slots());
  }

  Graph graph() {
    return graph;
  }

  /** Parameters first, then the optimiser's slots. */
  Variables variables() {
    return variables;
  }

  private Placeholder<TFloat32> floats(String name, Shape shape) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  private ResidualGraph.Pass draw(
      String name,
      NetworkSpec spec,
      Map<String, Variable<TFloat32>> byName,
      Optional<Operand<TInt64>> seed) {
    return ResidualGraph.draw(tf.withSubScope(name), spec, byName, images, seed);
  }

  private Operand<TFloat32> crossEntropy() {
    Operand<TFloat32> perImage =
        tf.nn.softmaxCrossEntropyWithLogits(training.logits(), targets).loss();
    return tf.math.mean(tf.math.mul(perImage, weights), tf.constant(0));
  }

  private Map<String, Operand<TFloat32>> gradients(List<String> names) {
    Map<String, Variable<TFloat32>> byName = variables.byName();
    Gradients symbolic = tf.gradients(loss, names.stream().map(byName::get).toList());
    Map<String, Operand<TFloat32>> byParameter = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      byParameter.put(names.get(i), symbolic.<TFloat32>dy(i));
    }
    return byParameter;
  }

  /**
   * All after the last gradient: a variable changes in place, while the gradients of the layers
   * before it still read it.
   */
  private List<Op> updates() {
    List<Op> passes = new ArrayList<>(gradients.values());
    passes.add(loss);
    Ops after = tf.withControlDependencies(passes);
    Map<String, Variable<TFloat32>> byName = variables.byName();
    List<Op> updates = new ArrayList<>();
    gradients.forEach(
        (name, gradient) -> updates.add(optimiser.update(after, name, byName.get(name), gradient)));
    training
        .batchStatistics()
        .forEach((name, batch) -> updates.add(follow(after, byName.get(name), batch)));
    return updates;
  }

  /** {@code moving -= (moving - batch) * (1 - momentum)}. */
  private Op follow(Ops after, Variable<TFloat32> moving, Operand<TFloat32> batch) {
    Operand<TFloat32> share = tf.constant(1 - ResidualGraph.NORM_MOMENTUM);
    return after.assignSub(moving, after.math.mul(after.math.sub(moving, batch), share));
  }

  @Override
  public void close() {
    graph.close();
  }
}
