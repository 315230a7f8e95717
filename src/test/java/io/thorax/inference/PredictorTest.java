package io.thorax.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thorax.model.ModelManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictorTest {
  private static final float TOLERANCE = 1e-5f;

  @TempDir Path directory;

  @Test
  void anImageIsReadTheSameWhateverBatchItIsIn() {
    Path bundle = directory.resolve("bundle");
    ModelManifest manifest = SmallModel.export(bundle, 0.5);
    try (Predictor predictor = Predictor.open(bundle, manifest, List.of(1, 4), 1, 1)) {
      List<float[]> images = noise(7, predictor.inputSize());
      List<float[]> together = predictor.predict(images);
      assertEquals(images.size(), together.size());
      for (int i = 0; i < images.size(); i++) {
        float[] alone = predictor.predict(images.subList(i, i + 1)).get(0);
        assertArrayEquals(alone, together.get(i), TOLERANCE);
        assertEquals(1, alone[0] + alone[1], TOLERANCE);
      }
    }
  }

  private static List<float[]> noise(int images, int length) {
    Random random = new Random(1);
    List<float[]> noise = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      float[] image = new float[length];
      for (int j = 0; j < length; j++) {
        image[j] = (float) random.nextGaussian();
      }
      noise.add(image);
    }
    return noise;
  }
}
