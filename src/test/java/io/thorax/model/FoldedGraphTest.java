package io.thorax.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.thorax.model.NetworkState.NamedArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.types.TFloat32;

/** Folding changes nothing, whatever the batch norms have learnt. */
class FoldedGraphTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"3, 2, 2, 17, 12", "5, 3, 3, 20, 31", "1, 2, 3, 8, 9", "3, 4, 1, 24, 24"})
  void givesThePlainGraphsProbabilities(int kernel, int pool, int blocks, int height, int width)
      throws Exception {
    NetworkSpec spec =
        new NetworkSpec(
            NetworkSpec.DCNN_RESNET,
            Window.square(kernel),
            Window.square(1),
            3,
            2,
            Window.square(pool),
            blocks,
            7,
            0.4,
            0);
    try (TrainableNetwork network =
            TrainableNetwork.create(
                spec, height, width, 3, new double[3], new OptimizerSpec.Sgd(1), 1);
        TFloat32 images = Fixtures.noise(3, 5, height, width, 3)) {
      network.restore(scrambled(network.weights(), kernel));
      Path file = directory.resolve(ModelBundle.FOLDED_GRAPH);
      Files.createDirectories(file.getParent());
      StableProtobuf.write(FoldedGraph.build(spec, height, width, network.weights()), file);
      try (InferenceGraph folded = InferenceGraph.open(directory, 0, 0)) {
        assertArrayEquals(
            KerasAgreementTest.flatten(network.evaluate(images).probabilities()),
            KerasAgreementTest.flatten(folded.run(images)),
            1e-5f);
      }
    }
  }

  /** Scales of both signs and zero, means and shifts anywhere, variances over three decades. */
  private static NetworkState scrambled(NetworkState state, long seed) {
    Random random = new Random(seed);
    Map<String, NamedArray> arrays = new LinkedHashMap<>();
    state
        .arrays()
        .forEach(
            (name, array) -> {
              float[] values = array.values().clone();
              for (int i = 0; i < values.length; i++) {
                if (name.endsWith("variance")) {
                  values[i] = (float) Math.pow(10, 3 * random.nextDouble() - 1.5);
                } else if (name.endsWith("gamma")) {
                  values[i] = i % 5 == 4 ? 0 : (float) random.nextGaussian();
                } else if (!name.endsWith("kernel")) {
                  values[i] = (float) random.nextGaussian();
                }
              }
              arrays.put(name, new NamedArray(array.shape(), values));
            });
    return new NetworkState(arrays);
  }
}
