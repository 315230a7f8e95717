package io.thorax.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.imaging.InputSpec;
import io.thorax.model.Fixtures.KerasCase;
import io.thorax.study.Failure;
import io.thorax.study.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.types.TFloat32;

class ModelBundleTest {
  private static final double FOLD_TOLERANCE = 1e-5;

  @TempDir static Path directory;

  static Stream<KerasCase> cases() {
    return Stream.of(Fixtures.BINARY, Fixtures.MULTICLASS);
  }

  @BeforeAll
  static void export() {
    cases().forEach(keras -> export(keras, bundle(keras)));
  }

  private static ModelManifest export(KerasCase keras, Path to) {
    try (TrainableNetwork network = keras.network(new OptimizerSpec.Sgd(1))) {
      return ModelBundle.export(network, draft(keras), to);
    }
  }

  private static Path bundle(KerasCase keras) {
    return directory.resolve(keras.name());
  }

  private static ManifestDraft draft(KerasCase keras) {
    List<String> classes = List.of("normal", "COVID-19", "other").subList(0, keras.classes());
    return new ManifestDraft(
        "test",
        keras.name(),
        classes,
        "COVID-19",
        0.5,
        InputSpec.ofSize(keras.height(), keras.width()),
        new OptimizerSpec.Adam(1e-5),
        Sha256.ofUtf8("data set"),
        Map.of("auc", 0.9),
        Map.of("thorax", "0.1.0"),
        Instant.parse("2020-05-01T12:00:00Z"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void plainAndFoldedGraphGiveWhatKerasGives(KerasCase keras) {
    NetworkState expected = keras.state();
    try (PlainModel plain = PlainModel.open(bundle(keras), 0, 0);
        InferenceGraph folded = InferenceGraph.open(bundle(keras), 0, 0);
        TFloat32 images = Fixtures.tensor(expected, "images")) {
      float[] probabilities = KerasAgreementTest.flatten(plain.run(images));
      KerasAgreementTest.assertClose(
          "probabilities", expected.values("probabilities"), probabilities);
      assertArrayEquals(
          probabilities, KerasAgreementTest.flatten(folded.run(images)), (float) FOLD_TOLERANCE);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradCamIsWhatKerasGives(KerasCase keras) {
    NetworkState expected = keras.state();
    try (PlainModel plain = PlainModel.open(bundle(keras), 0, 0);
        TFloat32 images = Fixtures.tensor(expected, "images")) {
      int[] classes = new int[expected.arrays().get("images").shape().get(0)];
      for (int i = 0; i < classes.length; i++) {
        classes[i] = i % keras.classes();
      }
      GradCam gradCam = plain.gradCam(images, classes);
      List<Integer> shape = expected.arrays().get("heat").shape();
      assertEquals(shape, List.of(classes.length, gradCam.rows(), gradCam.columns()));
      KerasAgreementTest.assertClose(
          "heat", expected.values("heat"), KerasAgreementTest.flatten(gradCam.maps()));
    }
  }

  @Test
  void batchSizesMixInOneSession() {
    KerasCase keras = Fixtures.BINARY;
    try (InferenceGraph folded = InferenceGraph.open(bundle(keras), 0, 0);
        TFloat32 one = Fixtures.noise(1, 1, keras.height(), keras.width(), 3);
        TFloat32 eight = Fixtures.noise(1, 8, keras.height(), keras.width(), 3)) {
      for (int i = 0; i < 2; i++) {
        float[] alone = folded.run(one)[0];
        float[][] among = folded.run(eight);
        assertEquals(8, among.length);
        assertArrayEquals(alone, among[0], (float) FOLD_TOLERANCE);
      }
    }
  }

  @Test
  void verifiesAndReadsTheManifestBack() {
    ModelManifest manifest = ModelBundle.verify(bundle(Fixtures.BINARY));
    assertEquals(manifest, ModelManifest.ofJson(manifest.toJson()));
    assertEquals(1, manifest.positiveIndex());
    assertEquals("2.18.0", manifest.versions().get("tensorflow"));
    assertTrue(manifest.files().containsKey("folded/graph.pb"));
    assertTrue(manifest.files().containsKey("plain/saved_model.pb"));
  }

  @Test
  void theSameNetworkGivesTheSameDigest(@TempDir Path again) {
    ModelManifest first = ModelBundle.verify(bundle(Fixtures.BINARY));
    ModelManifest second = export(Fixtures.BINARY, again);
    assertEquals(first.files(), second.files());
    assertEquals(first.digest(), second.digest());
    assertNotEquals(first.digest(), ModelBundle.verify(bundle(Fixtures.MULTICLASS)).digest());
  }

  @Test
  void refusesAnAlteredFile(@TempDir Path other) throws IOException {
    export(Fixtures.BINARY, other);
    Path graph = other.resolve("folded/graph.pb");
    byte[] content = Files.readAllBytes(graph);
    content[content.length / 2] ^= 1;
    Files.write(graph, content);
    assertThrows(Failure.Poison.class, () -> ModelBundle.verify(other));
  }

  @Test
  void refusesAManifestThatSaysAnotherThreshold(@TempDir Path other) throws IOException {
    export(Fixtures.BINARY, other);
    Path manifest = other.resolve(ModelBundle.MANIFEST);
    String altered =
        Files.readString(manifest).replace("\"threshold\" : 0.5", "\"threshold\" : 0.4");
    Files.writeString(manifest, altered);
    assertThrows(Failure.Poison.class, () -> ModelBundle.verify(other));
  }

  @Test
  void refusesWhatIsNoBundle(@TempDir Path empty) {
    assertThrows(Failure.Poison.class, () -> ModelBundle.verify(empty));
    assertThrows(Failure.Poison.class, () -> InferenceGraph.open(empty, 0, 0));
    assertThrows(Failure.Poison.class, () -> PlainModel.open(empty, 0, 0));
  }

  @Test
  void refusesADirectoryThatHoldsSomething() {
    assertThrows(
        IllegalArgumentException.class, () -> export(Fixtures.BINARY, bundle(Fixtures.MULTICLASS)));
  }
}
