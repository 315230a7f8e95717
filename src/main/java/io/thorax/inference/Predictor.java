package io.thorax.inference;

import io.thorax.imaging.InputTransform;
import io.thorax.model.InferenceGraph;
import io.thorax.model.ModelManifest;
import io.thorax.study.ModelIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;

/**
 * A loaded model: standardised images in, probabilities out. Thread-safe; holds native memory until
 * closed.
 */
public final class Predictor implements AutoCloseable {
  private final ModelManifest manifest;
  private final InputTransform transform;
  private final InferenceGraph graph;
  private final BatchPlan plan;

  private Predictor(ModelManifest manifest, InferenceGraph graph, BatchPlan plan) {
    this.manifest = manifest;
    this.transform = new InputTransform(manifest.inputSpec());
    this.graph = graph;
    this.plan = plan;
  }

  /**
   * @param bundle a verified bundle's folder
   * @param intraOpThreads 0 takes the number of processors
   */
  static Predictor open(
      Path bundle,
      ModelManifest manifest,
      List<Integer> batchSizes,
      int intraOpThreads,
      int interOpThreads) {
    int threads = intraOpThreads > 0 ? intraOpThreads : Runtime.getRuntime().availableProcessors();
    return new Predictor(
        manifest, InferenceGraph.open(bundle, threads, interOpThreads), new BatchPlan(batchSizes));
  }

  public ModelManifest manifest() {
    return manifest;
  }

  public ModelIdentity identity() {
    return manifest.identity();
  }

  /** The same code that prepared the images of the training. */
  public InputTransform transform() {
    return transform;
  }

  /** Floats in one prepared image: height x width x 3. */
  public int inputSize() {
    return manifest.inputSpec().length();
  }

  /**
   * @param images each {@link #inputSize()} standardised floats, rows by columns by channels
   * @return a row of probabilities for each image, in the order of the manifest's classes
   */
  public List<float[]> predict(List<float[]> images) {
    List<float[]> probabilities = new ArrayList<>(images.size());
    int first = 0;
    for (BatchPlan.Run run : plan.runs(images.size())) {
      probabilities.addAll(run(images.subList(first, first + run.images()), run.size()));
      first += run.images();
    }
    return probabilities;
  }

  /** Runs every batch size once: the first call of a size costs seconds, the second does not. */
  void warmUp(List<Integer> batchSizes) {
    for (int size : batchSizes) {
      run(List.of(new float[inputSize()]), size);
    }
  }

  private List<float[]> run(List<float[]> images, int size) {
    int height = manifest.inputSpec().height();
    int width = manifest.inputSpec().width();
    try (TFloat32 batch =
        TFloat32.tensorOf(
            Shape.of(size, height, width, 3),
            tensor -> fill(tensor.asRawTensor().data().asFloats(), images, size))) {
      return List.of(graph.run(batch)).subList(0, images.size());
    }
  }

  private void fill(FloatDataBuffer buffer, List<float[]> images, int size) {
    long imageSize = inputSize();
    for (int i = 0; i < size; i++) {
      float[] image = i < images.size() ? images.get(i) : new float[inputSize()];
      DataBuffers.of(image, true, false).copyTo(buffer.slice(i * imageSize, imageSize), imageSize);
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
