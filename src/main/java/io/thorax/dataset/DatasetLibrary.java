package io.thorax.dataset;

import io.thorax.imaging.InputSpec;
import io.thorax.imaging.InputTransform;
import io.thorax.imaging.RadiographDecoder;
import io.thorax.imaging.ReducedImage;
import io.thorax.objectstore.ObjectAddress;
import io.thorax.objectstore.ObjectStore;
import io.thorax.study.Failure;
import io.thorax.study.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens data sets that were assembled, here or on another machine. Thread-safe. */
public final class DatasetLibrary {
  private static final long MAX_FILE_BYTES = 1L << 30;

  private final ObjectStore store;
  private final String bucket;
  private final RadiographDecoder decoder;
  private final AssemblySettings settings;
  private final PixelDirectory caches;

  public DatasetLibrary(
      ObjectStore store,
      String bucket,
      RadiographDecoder decoder,
      AssemblySettings settings,
      PixelDirectory caches) {
    this.store = store;
    this.bucket = bucket;
    this.decoder = decoder;
    this.settings = settings;
    this.caches = caches;
  }

  /**
   * @throws Failure.Rejected NOT_FOUND if there is no data set of this digest
   * @throws Failure.Poison if its files are damaged
   */
  public AssembledDataset open(Sha256 digest) {
    byte[] spec = file(digest, DatasetFiles.SPEC);
    return new DatasetFiles(
            file(digest, DatasetFiles.CATALOGUE), spec, file(digest, DatasetFiles.SUMMARY))
        .dataset(digest, bucket);
  }

  /**
   * The images as the specification reduces them: from the local disk, else from the store, else
   * built anew of the copies of the original files, and then stored. Blocks meanwhile. In use, and
   * so kept on the local disk, until the cache is closed.
   *
   * @throws Failure.Transient if the store is away
   * @throws Failure.Poison if a copy is no longer what it was
   */
  public PixelCache pixels(AssembledDataset dataset, InputSpec input, ProgressListener listener) {
    return caches.open(dataset, input).orElseGet(() -> fetched(dataset, input, listener));
  }

  private PixelCache fetched(AssembledDataset dataset, InputSpec input, ProgressListener listener) {
    Path unfinished = caches.begin();
    try {
      ObjectAddress stored = dataset.pixels(input);
      if (store.exists(stored)) {
        store.download(stored, unfinished);
      } else {
        build(dataset, input, listener, unfinished);
        store.upload(unfinished, stored, PixelDirectory.MEDIA_TYPE);
      }
      PixelCache.open(unfinished).close();
      return caches.keepOpen(dataset, input, unfinished);
    } finally {
      caches.drop(unfinished);
    }
  }

  private void build(
      AssembledDataset dataset, InputSpec input, ProgressListener listener, Path file) {
    List<CatalogueEntry> entries = dataset.catalogue().entries();
    ImageCopies copies = new ImageCopies(store, bucket);
    InputTransform transform = new InputTransform(input);
    List<PixelCacheWriter.IndexEntry> index = new ArrayList<>();
    try (OrderedWork work = new OrderedWork(settings.parallelism());
        PixelCacheWriter pixels = new PixelCacheWriter(file, input.width(), input.height())) {
      work.run(
          entries,
          Integer.MAX_VALUE,
          entry -> reduce(entry.sha256(), copies, transform),
          reduced -> {
            CatalogueEntry entry = entries.get(index.size());
            index.add(
                new PixelCacheWriter.IndexEntry(
                    pixels.add(reduced), entry.label(), entry.split(), entry.sha256()));
            listener.imagesRead(index.size(), entries.size());
            return true;
          });
      pixels.finish(index);
    }
  }

  private ReducedImage reduce(Sha256 sha256, ImageCopies copies, InputTransform transform) {
    byte[] content = copies.read(sha256, settings.maxImageBytes());
    if (!Sha256.of(content).equals(sha256)) {
      throw new Failure.Poison("the copy of image " + sha256 + " is damaged");
    }
    return transform.reduce(decoder.decode(content));
  }

  private byte[] file(Sha256 digest, String name) {
    ObjectAddress address = ObjectAddress.of(bucket, AssembledDataset.folder(digest) + name);
    return store.get(address, MAX_FILE_BYTES).content();
  }
}
