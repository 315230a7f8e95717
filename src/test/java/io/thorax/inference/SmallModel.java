package io.thorax.inference;

import io.thorax.imaging.InputSpec;
import io.thorax.model.ManifestDraft;
import io.thorax.model.ModelBundle;
import io.thorax.model.ModelManifest;
import io.thorax.model.NetworkSpec;
import io.thorax.model.OptimizerSpec;
import io.thorax.model.TrainableNetwork;
import io.thorax.model.Window;
import io.thorax.study.Sha256;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The smallest network there is, untrained: what it answers is of no matter, that it does is. */
final class SmallModel {
  private static final int SIDE = 8;
  private static final NetworkSpec NETWORK =
      new NetworkSpec(
          NetworkSpec.DCNN_RESNET,
          Window.square(3),
          Window.square(1),
          1,
          1,
          Window.square(2),
          1,
          2,
          0,
          0);

  private SmallModel() {}

  /**
   * @param threshold a part of what the model's digest is made of
   */
  static ModelManifest export(Path directory, double threshold) {
    OptimizerSpec optimizer = new OptimizerSpec.Sgd(1);
    try (TrainableNetwork network =
        TrainableNetwork.create(NETWORK, SIDE, SIDE, 2, new double[2], optimizer, 1)) {
      return ModelBundle.export(network, draft(threshold, optimizer), directory);
    }
  }

  private static ManifestDraft draft(double threshold, OptimizerSpec optimizer) {
    return new ManifestDraft(
        "small",
        "binary",
        List.of("normal", "COVID-19"),
        "COVID-19",
        threshold,
        InputSpec.ofSize(SIDE, SIDE),
        optimizer,
        Sha256.ofUtf8("data set"),
        Map.of(),
        Map.of(),
        Instant.EPOCH);
  }
}
