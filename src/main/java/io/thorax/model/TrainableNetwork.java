package io.thorax.model;

import io.thorax.imaging.InputSpec;
import io.thorax.model.NetworkState.NamedArray;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A network with its weights, its gradients and its optimiser, as Keras would train it. One thread
 * at a time may use it.
 */
public final class TrainableNetwork implements AutoCloseable {
  private final NetworkSpec spec;
  private final int height;
  private final int width;
  private final int classes;
  private final List<Parameter> parameters;
  private final TrainingGraph graph;
  private final Variables variables;
  private final Session session;
  private final long seed;

  private TrainableNetwork(
      NetworkSpec spec, int height, int width, int classes, OptimizerSpec optimizer, long seed) {
    this.spec = spec;
    this.height = height;
    this.width = width;
    this.classes = classes;
    this.seed = seed;
    parameters = ParameterLayout.of(spec, height, width, classes);
    Shape images = Shape.of(Shape.UNKNOWN_SIZE, height, width, InputSpec.CHANNELS);
    graph = new TrainingGraph(new Graph(), spec, parameters, images, optimizer);
    variables = graph.variables();
    session = new Session(graph.graph());
  }

  /**
   * A network with fresh weights.
   *
   * @param height of the images, in pixels
   * @param width of the images, in pixels
   * @param classes at least 2
   * @param outputBias of each class at the start: see {@link OutputBias}
   * @param seed of the first weights and of the dropout
   * @throws IllegalArgumentException if such a network cannot be, or its weights exceed 2 GiB
   */
  public static TrainableNetwork create(
      NetworkSpec spec,
      int height,
      int width,
      int classes,
      double[] outputBias,
      OptimizerSpec optimizer,
      long seed) {
    if (outputBias.length != classes) {
      throw new IllegalArgumentException(
          "an output bias of " + outputBias.length + " for " + classes + " classes");
    }
    TensorFlowRuntime.load();
    TrainableNetwork network = new TrainableNetwork(spec, height, width, classes, optimizer, seed);
    network.initialise(new Initialiser(seed, outputBias));
    return network;
  }

  private void initialise(Initialiser initialiser) {
    Map<String, NamedArray> arrays = new LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      float[] values = initialiser.values(parameter, i);
      arrays.put(parameter.name(), new NamedArray(parameter.shape(), values));
    }
    variables.write(session, arrays);
    clearSlots();
  }

  /**
   * One step of the optimiser on {@code mean(weight * cross-entropy) + regularisation}.
   *
   * @param images [B, height, width, 3], as the input specification standardises them
   * @param targets [B, classes], one-hot
   * @param weights [B], of each image
   * @param step how many steps were taken before; it seeds the dropout and corrects Adam's bias, so
   *     a run that is resumed with it repeats what an unbroken run does
   */
  public StepResult train(TFloat32 images, TFloat32 targets, TFloat32 weights, long step) {
    try (TInt64 seeds = TInt64.vectorOf(seed, step);
        TFloat32 rate = TFloat32.scalarOf(graph.optimiser.rate(step));
        Result result =
            trainingRunner(images, targets, weights, seeds)
                .feed(graph.optimiser.ratePlaceholder(), rate)
                .addTarget(graph.step)
                .fetch(graph.loss)
                .fetch(graph.training.regularisation())
                .fetch(graph.training.probabilities())
                .run()) {
      return new StepResult(
          scalar(result, 0), scalar(result, 1), FloatTensors.rows((TFloat32) result.get(2)));
    }
  }

  /**
   * What the network says of images now, by the moving statistics and without dropout.
   *
   * @param images [B, height, width, 3]
   */
  public Evaluation evaluate(TFloat32 images) {
    try (Result result =
        session
            .runner()
            .feed(graph.images, images)
            .fetch(graph.inference.probabilities())
            .fetch(graph.inference.regularisation())
            .run()) {
      return new Evaluation(FloatTensors.rows((TFloat32) result.get(0)), scalar(result, 1));
    }
  }

  /** Weights, moving statistics and the optimiser's slots: all that a resumed training needs. */
  public NetworkState state() {
    return read(variables.byName().keySet());
  }

  /** Weights and moving statistics alone: all that inference needs. */
  public NetworkState weights() {
    return read(names(parameters));
  }

  /**
   * @param state of {@link #state()}, or of {@link #weights()}: then the slots start from zero
   * @throws IllegalArgumentException if it is another network's; nothing has changed then
   */
  public void restore(NetworkState state) {
    Set<String> names = state.arrays().keySet();
    Set<String> all = variables.byName().keySet();
    boolean whole = names.equals(all);
    if (!whole && !names.equals(names(parameters))) {
      throw new IllegalArgumentException("the state is of another network or optimiser");
    }
    state.arrays().forEach((name, array) -> requireShape(name, array.shape()));
    variables.write(session, state.arrays());
    if (!whole) {
      clearSlots();
    }
  }

  private void requireShape(String name, List<Integer> shape) {
    if (!shape.equals(variables.shape(name))) {
      throw new IllegalArgumentException(
          "the state's " + name + " is " + shape + ", not " + variables.shape(name));
    }
  }

  private static Set<String> names(List<Parameter> parameters) {
    return parameters.stream()
        .map(Parameter::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  public NetworkSpec spec() {
    return spec;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  public int classes() {
    return classes;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  /** The loss of a training pass, changing nothing. */
  double loss(TFloat32 images, TFloat32 targets, TFloat32 weights, long step) {
    try (TInt64 seeds = TInt64.vectorOf(seed, step);
        Result result = trainingRunner(images, targets, weights, seeds).fetch(graph.loss).run()) {
      return scalar(result, 0);
    }
  }

  /** The loss's gradient by each trainable parameter, changing nothing. */
  Map<String, float[]> gradients(TFloat32 images, TFloat32 targets, TFloat32 weights, long step) {
    Map<String, float[]> values = new LinkedHashMap<>();
    try (TInt64 seeds = TInt64.vectorOf(seed, step)) {
      Session.Runner runner = trainingRunner(images, targets, weights, seeds);
      graph.gradients.values().forEach(runner::fetch);
      try (Result result = runner.run()) {
        int i = 0;
        for (String name : graph.gradients.keySet()) {
          values.put(name, FloatTensors.values((TFloat32) result.get(i++)));
        }
      }
    }
    return values;
  }

  private Session.Runner trainingRunner(
      TFloat32 images, TFloat32 targets, TFloat32 weights, TInt64 seeds) {
    return session
        .runner()
        .feed(graph.images, images)
        .feed(graph.targets, targets)
        .feed(graph.weights, weights)
        .feed(graph.dropoutSeed, seeds);
  }

  private NetworkState read(Set<String> names) {
    return new NetworkState(variables.read(session, names));
  }

  private void clearSlots() {
    session.runner().addTarget(graph.clearSlots.op()).run().close();
  }

  private static double scalar(Result result, int index) {
    return ((TFloat32) result.get(index)).getFloat();
  }
}
