package io.thorax.workflow;

import io.thorax.dataset.AssembledDataset;
import io.thorax.dataset.AssemblySettings;
import io.thorax.dataset.DatasetAssembler;
import io.thorax.dataset.DatasetConfig;
import io.thorax.dataset.DatasetLibrary;
import io.thorax.dataset.DatasetSpec;
import io.thorax.dataset.PixelCache;
import io.thorax.dataset.PixelDirectory;
import io.thorax.dataset.ProgressListener;
import io.thorax.dataset.SourceAccess;
import io.thorax.imaging.AcquisitionPolicy;
import io.thorax.imaging.ImagingConfig;
import io.thorax.imaging.InputSpec;
import io.thorax.imaging.RadiographDecoder;
import io.thorax.objectstore.ObjectStore;
import io.thorax.objectstore.ObjectStoreConfig;
import io.thorax.study.Sha256;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The data sets in the object store, as this process is configured to make and open them. For a
 * long task each call of the store waits out outages by itself, see {@link WaitingStore}.
 */
@ApplicationScoped
class DatasetShelf {
  private final ObjectStore store;
  private final String bucket;
  private final DatasetConfig config;
  private final RadiographDecoder decoder;
  private final AssemblySettings settings;
  private final PixelDirectory caches;
  private final Outages outages;

  DatasetShelf(
      ObjectStore store,
      ObjectStoreConfig storeConfig,
      ImagingConfig imaging,
      DatasetConfig config,
      Outages outages) {
    this.store = store;
    this.bucket = storeConfig.artifactsBucket();
    this.config = config;
    this.decoder = new RadiographDecoder(imaging.decodingLimits(), AcquisitionPolicy.ADMIT_ALL);
    this.settings = AssemblySettings.of(config, imaging.decodingLimits().maxBytes());
    this.caches = PixelDirectory.of(config);
    this.outages = outages;
  }

  /** For callers that wait out outages themselves. */
  AssembledDataset open(Sha256 digest) {
    return library(store).open(digest);
  }

  AssembledDataset open(Sha256 digest, TaskControl task) {
    return library(waiting(task)).open(digest);
  }

  /** To be closed when no more of it is read. */
  PixelCache pixels(AssembledDataset dataset, InputSpec input, TaskControl task) {
    return library(waiting(task)).pixels(dataset, input, stopping(task, ProgressListener.NONE));
  }

  /**
   * @throws TaskStopped when asked to stop
   */
  AssembledDataset assemble(
      DatasetSpec spec, InputSpec input, ProgressListener listener, TaskControl task) {
    ObjectStore waiting = waiting(task);
    waiting.ensureBucket(bucket);
    return new DatasetAssembler(
            waiting, bucket, SourceAccess.of(config, waiting), decoder, settings, caches)
        .assemble(spec, input, stopping(task, listener));
  }

  private ObjectStore waiting(TaskControl task) {
    return new WaitingStore(store, bucket, outages, task);
  }

  private DatasetLibrary library(ObjectStore from) {
    return new DatasetLibrary(from, bucket, decoder, settings, caches);
  }

  private static ProgressListener stopping(TaskControl task, ProgressListener listener) {
    return (done, expected) -> {
      if (task.stopRequested()) {
        throw new TaskStopped("stopped at image " + done + " of " + expected);
      }
      listener.imagesRead(done, expected);
    };
  }
}
