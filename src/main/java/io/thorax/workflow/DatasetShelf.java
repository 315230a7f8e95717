package io.thorax.workflow;

import io.thorax.dataset.AssembledDataset;
import io.thorax.dataset.AssemblySettings;
import io.thorax.dataset.DatasetConfig;
import io.thorax.dataset.DatasetLibrary;
import io.thorax.dataset.PixelCache;
import io.thorax.dataset.ProgressListener;
import io.thorax.imaging.AcquisitionPolicy;
import io.thorax.imaging.ImagingConfig;
import io.thorax.imaging.InputSpec;
import io.thorax.imaging.RadiographDecoder;
import io.thorax.objectstore.ObjectStore;
import io.thorax.objectstore.ObjectStoreConfig;
import io.thorax.study.Sha256;
import jakarta.enterprise.context.ApplicationScoped;

/** The data sets in the object store, as this process is configured to open them. */
@ApplicationScoped
class DatasetShelf {
  private final DatasetLibrary library;

  DatasetShelf(
      ObjectStore store,
      ObjectStoreConfig storeConfig,
      ImagingConfig imaging,
      DatasetConfig datasets) {
    this.library =
        new DatasetLibrary(
            store,
            storeConfig.artifactsBucket(),
            new RadiographDecoder(imaging.decodingLimits(), AcquisitionPolicy.ADMIT_ALL),
            AssemblySettings.of(datasets, imaging.decodingLimits().maxBytes()));
  }

  AssembledDataset open(Sha256 digest) {
    return library.open(digest);
  }

  PixelCache pixels(AssembledDataset dataset, InputSpec input, ProgressListener listener) {
    return library.pixels(dataset, input, listener);
  }
}
