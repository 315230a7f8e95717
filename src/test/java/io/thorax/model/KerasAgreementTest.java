package io.thorax.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.model.Fixtures.KerasCase;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.types.TFloat32;

/** The same weights and batch give what Keras 2 gives. */
class KerasAgreementTest {
  private static final double TOLERANCE = 1e-4;

  static Stream<KerasCase> cases() {
    return Stream.of(Fixtures.BINARY, Fixtures.MULTICLASS);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void inferenceAndValidationLossAgree(KerasCase keras) {
    NetworkState expected = keras.state();
    try (TrainableNetwork network = keras.network(new OptimizerSpec.Adam(Fixtures.RATE));
        TFloat32 images = Fixtures.tensor(expected, "images")) {
      Evaluation evaluation = network.evaluate(images);
      float[] probabilities = flatten(evaluation.probabilities());
      assertClose("probabilities", expected.values("probabilities"), probabilities);
      assertEquals(
          expected.values("validation_loss")[0],
          crossEntropy(expected.values("targets"), probabilities, keras.classes())
              + evaluation.regularisation(),
          TOLERANCE);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void twoTrainingStepsAgree(KerasCase keras) {
    NetworkState expected = keras.state();
    try (TrainableNetwork network = keras.network(new OptimizerSpec.Adam(Fixtures.RATE));
        TFloat32 images = Fixtures.tensor(expected, "images");
        TFloat32 targets = Fixtures.tensor(expected, "targets");
        TFloat32 weights = Fixtures.tensor(expected, "weights")) {
      for (int step = 0; step < 2; step++) {
        double loss = network.train(images, targets, weights, step).loss();
        assertEquals(expected.values("loss_" + (step + 1))[0], loss, TOLERANCE);
        assertAgree(Fixtures.part(expected, "after_" + (step + 1) + "/"), network.state());
      }
      assertAgree(Fixtures.part(expected, "slots/"), network.state());
    }
  }

  private static void assertAgree(NetworkState expected, NetworkState actual) {
    assertTrue(expected.arrays().size() > 20);
    expected
        .arrays()
        .forEach((name, array) -> assertClose(name, array.values(), actual.values(name)));
  }

  static void assertClose(String name, float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length, name);
    for (int i = 0; i < expected.length; i++) {
      double tolerance = TOLERANCE * Math.max(1, Math.abs(expected[i]));
      assertEquals(expected[i], actual[i], tolerance, name + "[" + i + "]");
    }
  }

  static float[] flatten(float[][] rows) {
    float[] all = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, i * rows[i].length, rows[i].length);
    }
    return all;
  }

  private static double crossEntropy(float[] targets, float[] probabilities, int classes) {
    double sum = 0;
    for (int i = 0; i < targets.length; i++) {
      sum -= targets[i] * Math.log(probabilities[i]);
    }
    return sum / (targets.length / classes);
  }
}
