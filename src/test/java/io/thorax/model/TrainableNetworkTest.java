package io.thorax.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.types.TFloat32;

class TrainableNetworkTest {
  private static final NetworkSpec SPEC =
      new NetworkSpec(
          NetworkSpec.DCNN_RESNET,
          Window.square(3),
          Window.square(1),
          2,
          2,
          Window.square(2),
          2,
          6,
          0.5,
          1e-4);

  @TempDir Path directory;

  private static TrainableNetwork network(OptimizerSpec optimizer, long seed) {
    return TrainableNetwork.create(SPEC, 12, 12, 2, OutputBias.logOdds(30, 10), optimizer, seed);
  }

  private static double train(TrainableNetwork network, long from, long to) {
    double loss = Double.NaN;
    try (TFloat32 images = Fixtures.noise(5, 6, 12, 12, 3);
        TFloat32 targets =
            FloatTensors.of(List.of(6, 2), new float[] {1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1});
        TFloat32 weights = TFloat32.vectorOf(1, 1, 1, 1, 1, 1)) {
      for (long step = from; step < to; step++) {
        loss = network.train(images, targets, weights, step).loss();
      }
    }
    return loss;
  }

  @Test
  void startsFromTheClassFrequencies() {
    try (TrainableNetwork network = network(new OptimizerSpec.Adam(1e-3), 1)) {
      float[] bias = network.weights().values("output/bias");
      assertArrayEquals(new float[] {(float) Math.log(3), (float) -Math.log(3)}, bias, 1e-6f);
      float[] kernel = network.weights().values("conv0_0/kernel");
      double limit = Math.sqrt(6.0 / (3 * 3 * 3));
      for (float value : kernel) {
        assertTrue(Math.abs(value) <= limit);
      }
    }
  }

  @Test
  void learnsABatchByHeart() {
    for (OptimizerSpec optimizer :
        List.of(new OptimizerSpec.Adam(1e-2), new OptimizerSpec.Sgd(5e-2))) {
      try (TrainableNetwork network = network(optimizer, 2)) {
        double first = train(network, 0, 1);
        assertTrue(train(network, 1, 150) < first / 2, optimizer.toString());
      }
    }
  }

  @Test
  void sameSeedGivesTheSameWeightsAndAnotherSeedOthers() {
    try (TrainableNetwork first = network(new OptimizerSpec.Sgd(1), 3);
        TrainableNetwork second = network(new OptimizerSpec.Sgd(1), 3);
        TrainableNetwork other = network(new OptimizerSpec.Sgd(1), 4)) {
      assertArrayEquals(
          first.weights().values("dense0/kernel"), second.weights().values("dense0/kernel"));
      assertNotEquals(
          first.weights().values("dense0/kernel")[0], other.weights().values("dense0/kernel")[0]);
    }
  }

  @Test
  void aResumedTrainingGoesOnAsAnUnbrokenOne() {
    OptimizerSpec optimizer = new OptimizerSpec.Adam(1e-2);
    Path file = directory.resolve("state");
    try (TrainableNetwork unbroken = network(optimizer, 6);
        TrainableNetwork resumed = network(optimizer, 6)) {
      train(unbroken, 0, 3);
      unbroken.state().writeTo(file);
      resumed.restore(NetworkState.readFrom(file));
      double expected = train(unbroken, 3, 6);
      assertEquals(expected, train(resumed, 3, 6), 1e-5 * Math.abs(expected));
      KerasAgreementTest.assertClose(
          "dense0/kernel",
          unbroken.weights().values("dense0/kernel"),
          resumed.weights().values("dense0/kernel"));
    }
  }

  @Test
  void dropoutFollowsTheStepAndRepeats() {
    try (TrainableNetwork network = network(new OptimizerSpec.Sgd(1e-20), 7)) {
      double first = train(network, 0, 1);
      assertNotEquals(first, train(network, 1, 2), 1e-6);
      assertEquals(first, train(network, 0, 1), 1e-5);
    }
  }

  @Test
  void restoringWeightsAloneClearsTheSlots() {
    try (TrainableNetwork network = network(new OptimizerSpec.Adam(1e-2), 8)) {
      NetworkState start = network.weights();
      train(network, 0, 2);
      network.restore(start);
      for (float value : network.state().values("dense0/bias/m")) {
        assertEquals(0, value);
      }
      assertArrayEquals(start.values("dense0/kernel"), network.weights().values("dense0/kernel"));
    }
  }

  @Test
  void refusesTheStateOfAnother() {
    try (TrainableNetwork adam = network(new OptimizerSpec.Adam(1), 1);
        TrainableNetwork sgd = network(new OptimizerSpec.Sgd(1), 1);
        TrainableNetwork larger =
            TrainableNetwork.create(SPEC, 13, 13, 2, new double[2], new OptimizerSpec.Sgd(1), 1)) {
      assertThrows(IllegalArgumentException.class, () -> sgd.restore(adam.state()));
      assertThrows(IllegalArgumentException.class, () -> sgd.restore(larger.state()));
      adam.restore(sgd.state());
    }
  }

  @Test
  void refusesANetworkThatNoGraphCanHold() {
    NetworkSpec vast =
        new NetworkSpec(
            NetworkSpec.DCNN_RESNET,
            Window.square(5),
            Window.square(1),
            32,
            3,
            Window.square(2),
            8,
            1024,
            0,
            0);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            TrainableNetwork.create(
                vast, 224, 224, 2, new double[2], new OptimizerSpec.Adam(1), 1));
  }
}
