package io.thorax.workflow;

import io.thorax.imaging.InputSpec;
import io.thorax.inference.BundleCache;
import io.thorax.model.ManifestDraft;
import io.thorax.model.ModelBundle;
import io.thorax.model.ModelManifest;
import io.thorax.model.TrainableNetwork;
import io.thorax.objectstore.ObjectAddress;
import io.thorax.objectstore.ObjectStore;
import io.thorax.objectstore.ObjectStoreConfig;
import io.thorax.persistence.ModelRecord;
import io.thorax.training.TrainedModel;
import io.thorax.training.TrainingPlan;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Trained networks as bundles in the object store, below their digests. */
@ApplicationScoped
class BundleStore {
  private static final String MEDIA_TYPE = "application/octet-stream";

  private final ObjectStore store;
  private final String bucket;
  private final Outages outages;

  BundleStore(ObjectStore store, ObjectStoreConfig config, Outages outages) {
    this.store = store;
    this.bucket = config.artifactsBucket();
    this.outages = outages;
  }

  /** Durable when it returns; the manifest is stored last: where it is, all of the bundle is. */
  ModelRecord store(TrialSpec spec, TrainedModel trained, TaskControl task) {
    Path directory = temporaryDirectory();
    try (TrainableNetwork network = trained.network()) {
      ModelManifest manifest =
          ModelBundle.export(network, draft(spec, trained), directory.resolve("bundle"));
      Map<String, String> artifacts = upload(manifest, directory.resolve("bundle"), task);
      return new ModelRecord(
          manifest.digest(),
          manifest.name(),
          manifest.toJson(),
          artifacts,
          Optional.of(spec.run()),
          manifest.createdAt());
    } finally {
      delete(directory);
    }
  }

  private static ManifestDraft draft(TrialSpec spec, TrainedModel trained) {
    TrainingPlan plan = trained.plan();
    InputSpec input = plan.subject().input();
    Map<String, Double> metrics = new LinkedHashMap<>();
    TrialMetrics.of(trained.validation()).forEach((name, v) -> metrics.put("val_" + name, v));
    trained.test().map(TrialMetrics::of).ifPresent(metrics::putAll);
    return new ManifestDraft(
        spec.name(),
        plan.subject().classMode().wireName(),
        plan.subject().classes(),
        plan.subject().positiveClass(),
        plan.thresholds().get(0),
        input,
        plan.optimizer(),
        plan.subject().dataset(),
        metrics,
        Map.of("thorax", Version.current()),
        Instant.now());
  }

  private Map<String, String> upload(ModelManifest manifest, Path bundle, TaskControl task) {
    ObjectStore waiting = new WaitingStore(store, bucket, outages, task);
    Map<String, String> artifacts = new LinkedHashMap<>();
    for (String file : manifest.files().keySet()) {
      artifacts.put(file, upload(waiting, manifest, bundle, file));
    }
    artifacts.put(ModelBundle.MANIFEST, upload(waiting, manifest, bundle, ModelBundle.MANIFEST));
    return artifacts;
  }

  private String upload(ObjectStore waiting, ModelManifest manifest, Path bundle, String file) {
    String key = BundleCache.keyPrefix(manifest.digest()) + file;
    waiting.upload(bundle.resolve(file), ObjectAddress.of(bucket, key), MEDIA_TYPE);
    return bucket + "/" + key;
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("thorax-bundle");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
