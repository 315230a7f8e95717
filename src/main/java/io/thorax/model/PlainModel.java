package io.thorax.model;

import io.thorax.study.Failure;
import java.nio.file.Path;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A bundle's SavedModel: the network as it was trained, which can say where it looked. Slower than
 * {@link InferenceGraph}. Any number of threads may use it at once.
 */
public final class PlainModel implements AutoCloseable {
  private final SavedModelBundle bundle;

  private PlainModel(SavedModelBundle bundle) {
    this.bundle = bundle;
  }

  /**
   * Parameters as of {@link InferenceGraph#open}.
   *
   * @throws Failure.Poison if there is no SavedModel, or none that can be read
   */
  public static PlainModel open(Path bundleDirectory, int intraOpThreads, int interOpThreads) {
    TensorFlowRuntime.load();
    try {
      return new PlainModel(
          SavedModelBundle.loader(bundleDirectory.resolve(ModelBundle.PLAIN).toString())
              .withConfigProto(InferenceGraph.threads(intraOpThreads, interOpThreads))
              .load());
    } catch (RuntimeException e) {
      throw new Failure.Poison("the SavedModel cannot be read", e);
    }
  }

  /**
   * @param images [B, height, width, 3]
   * @return probabilities, [B][classes]; the caller owns them
   */
  public float[][] run(TFloat32 images) {
    try (Result result =
        bundle.function(PlainModelExport.SERVING).call(Map.of(PlainModelExport.IMAGES, images))) {
      return FloatTensors.rows(tensor(result, PlainModelExport.PROBABILITIES));
    }
  }

  /**
   * @param images [B, height, width, 3]
   * @param classIndices the class to explain, one for each image
   */
  public GradCam gradCam(TFloat32 images, int... classIndices) {
    try (TInt32 indices = TInt32.vectorOf(classIndices);
        Result result =
            bundle
                .function(PlainModelExport.GRAD_CAM)
                .call(
                    Map.of(
                        PlainModelExport.IMAGES, images, PlainModelExport.CLASS_INDEX, indices))) {
      TFloat32 maps = tensor(result, PlainModelExport.MAP);
      int rows = Math.toIntExact(maps.shape().get(1));
      int columns = Math.toIntExact(maps.shape().get(2));
      float[] values = FloatTensors.values(maps);
      float[][] each = new float[classIndices.length][rows * columns];
      for (int i = 0; i < each.length; i++) {
        System.arraycopy(values, i * rows * columns, each[i], 0, rows * columns);
      }
      return new GradCam(
          FloatTensors.rows(tensor(result, PlainModelExport.PROBABILITIES)), rows, columns, each);
    }
  }

  private static TFloat32 tensor(Result result, String name) {
    return (TFloat32) result.get(name).orElseThrow();
  }

  @Override
  public void close() {
    bundle.close();
  }
}
