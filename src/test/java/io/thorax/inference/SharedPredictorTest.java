package io.thorax.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.model.ModelManifest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedPredictorTest {
  @TempDir static Path bundle;
  private static ModelManifest manifest;

  private Predictor predictor;
  private SharedPredictor shared;

  @BeforeAll
  static void export() {
    manifest = SmallModel.export(bundle, 0.5);
  }

  @BeforeEach
  void open() {
    predictor = Predictor.open(bundle, manifest, List.of(1), 1, 1);
    shared = new SharedPredictor(predictor);
  }

  @AfterEach
  void close() {
    predictor.close();
  }

  @Test
  void aRetiredModelStaysOpenUntilItsLastLeaseEnds() {
    Lease first = shared.lease().orElseThrow();
    Lease second = shared.lease().orElseThrow();
    shared.retire();
    assertOpen();
    first.close();
    assertOpen();
    second.close();
    assertClosed();
  }

  @Test
  void aModelInUseIsNotClosedByTheEndOfItsLeases() {
    shared.lease().orElseThrow().close();
    assertOpen();
    assertEquals(predictor, shared.lease().orElseThrow().predictor());
  }

  @Test
  void aRetiredModelWithoutLeasesIsClosedAtOnce() {
    shared.retire();
    assertClosed();
  }

  @Test
  void aRetiredModelGivesNoMoreLeases() {
    shared.retire();
    assertTrue(shared.lease().isEmpty());
  }

  private void assertOpen() {
    assertEquals(1, predict().size());
  }

  private void assertClosed() {
    assertThrows(IllegalStateException.class, this::predict);
  }

  private List<float[]> predict() {
    return predictor.predict(List.of(new float[predictor.inputSize()]));
  }
}
