package io.thorax.model;

import io.thorax.model.NetworkState.NamedArray;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.tensorflow.types.TFloat32;

/** Small networks and batches, and what Keras made of them (src/test/oracle/dcnn_resnet.py). */
final class Fixtures {
  static final double RATE = 1e-2;

  /** One network of the oracle script. */
  record KerasCase(String name, NetworkSpec spec, int height, int width, int classes) {
    NetworkState state() {
      return NetworkState.readFrom(resource("dcnn_resnet_" + name + ".state"));
    }

    TrainableNetwork network(OptimizerSpec optimizer) {
      TrainableNetwork network =
          TrainableNetwork.create(spec, height, width, classes, new double[classes], optimizer, 1);
      network.restore(part(state(), "before/"));
      return network;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static final KerasCase BINARY = new KerasCase("binary", spec(2, 3, 2, 2, 3, 5), 13, 10, 2);
  static final KerasCase MULTICLASS =
      new KerasCase("multiclass", spec(2, 2, 2, 3, 4, 4), 16, 19, 3);

  private Fixtures() {}

  private static NetworkSpec spec(
      int filters, int base, int poolRows, int poolColumns, int blocks, int dense) {
    return new NetworkSpec(
        NetworkSpec.DCNN_RESNET,
        Window.square(3),
        Window.square(1),
        filters,
        base,
        new Window(poolRows, poolColumns),
        blocks,
        dense,
        0,
        1e-3);
  }

  /** The arrays whose names start with a prefix, without it. */
  static NetworkState part(NetworkState state, String prefix) {
    Map<String, NamedArray> arrays = new LinkedHashMap<>();
    state
        .arrays()
        .forEach(
            (name, array) -> {
              if (name.startsWith(prefix)) {
                arrays.put(name.substring(prefix.length()), array);
              }
            });
    return new NetworkState(arrays);
  }

  static TFloat32 tensor(NetworkState state, String name) {
    NamedArray array = state.arrays().get(name);
    return FloatTensors.of(array.shape(), array.values());
  }

  static TFloat32 noise(long seed, Integer... shape) {
    Random random = new Random(seed);
    int size = List.of(shape).stream().reduce(1, (a, b) -> a * b);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return FloatTensors.of(List.of(shape), values);
  }

  static Path resource(String name) {
    URL url = Objects.requireNonNull(Fixtures.class.getResource("/model/" + name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
