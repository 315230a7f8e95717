package io.thorax.model;

import io.thorax.study.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.TFloat32;

/**
 * A bundle's graph for serving, see {@link FoldedGraph}. Any number of threads may run it at once.
 * The first call of a session optimises the graph and takes seconds, and each batch size has a
 * first call of its own: warm up at every size in use.
 */
public final class InferenceGraph implements AutoCloseable {
  /**
   * The graph is written in its last form but for the fusion. TensorFlow's other rewrites find
   * nothing in it, and the copies that they make of its weights are most of a first call's time
   * (1.6 instead of 5.7 CPU seconds for the default network).
   */
  private static final RewriterConfig FUSION_ONLY =
      RewriterConfig.newBuilder()
          .addOptimizers("remap")
          .setMetaOptimizerIterations(RewriterConfig.NumIterationsType.ONE)
          .build();

  private final Graph graph;
  private final Session session;

  private InferenceGraph(Graph graph, Session session) {
    this.graph = graph;
    this.session = session;
  }

  /**
   * @param bundleDirectory with the files of {@link ModelBundle}
   * @param intraOpThreads of one operation: the cores. TensorFlow keeps one such pool a process and
   *     sizes it for its first session; 0 takes all cores
   * @param interOpThreads operations and calls at once; 0 takes all cores
   * @throws Failure.Poison if there is no graph, or none that can be read
   */
  public static InferenceGraph open(Path bundleDirectory, int intraOpThreads, int interOpThreads) {
    TensorFlowRuntime.load();
    Graph graph = new Graph();
    try {
      graph.importGraphDef(read(bundleDirectory.resolve(ModelBundle.FOLDED_GRAPH)));
      ConfigProto.Builder config = threads(intraOpThreads, interOpThreads).toBuilder();
      config.getGraphOptionsBuilder().setRewriteOptions(FUSION_ONLY);
      return new InferenceGraph(graph, new Session(graph, config.build()));
    } catch (RuntimeException e) {
      graph.close();
      throw Failure.of(e);
    }
  }

  private static GraphDef read(Path file) {
    try (InputStream input = Files.newInputStream(file)) {
      return GraphDef.parseFrom(input);
    } catch (IOException e) {
      throw new Failure.Poison("the inference graph cannot be read", e);
    }
  }

  static ConfigProto threads(int intraOp, int interOp) {
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(intraOp)
        .setInterOpParallelismThreads(interOp)
        .build();
  }

  /**
   * @param images [B, height, width, 3], as the input specification standardises them
   * @return probabilities, [B][classes]; the caller owns them
   */
  public float[][] run(TFloat32 images) {
    try (Result result =
        session.runner().feed(FoldedGraph.IMAGES, images).fetch(FoldedGraph.PROBABILITIES).run()) {
      return FloatTensors.rows((TFloat32) result.get(0));
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
