package io.thorax.dataset;

import io.thorax.imaging.InputSpec;
import io.thorax.imaging.InputTransform;
import io.thorax.imaging.RadiographDecoder;
import io.thorax.objectstore.ObjectStore;
import io.thorax.study.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a data set: lists what the sources offer, reads each image once, groups, splits, and stores
 * the result under its digest, together with a copy of every image and the pixel cache. Doing it
 * again with the same rules on the same files changes nothing. Thread-safe.
 */
public final class DatasetAssembler {
  private final ObjectStore store;
  private final String bucket;
  private final SourceAccess access;
  private final RadiographDecoder decoder;
  private final AssemblySettings settings;
  private final PixelDirectory caches;

  /**
   * @param bucket that keeps the artifacts; it exists
   * @param caches of this process
   * @param decoder that admits every acquisition: which views are taken is said by the rules
   */
  public DatasetAssembler(
      ObjectStore store,
      String bucket,
      SourceAccess access,
      RadiographDecoder decoder,
      AssemblySettings settings,
      PixelDirectory caches) {
    this.store = store;
    this.bucket = bucket;
    this.access = access;
    this.decoder = decoder;
    this.settings = settings;
    this.caches = caches;
  }

  /**
   * Blocks for as long as it takes: minutes for ten thousand images.
   *
   * @param input how the pixel cache made on the way reduces the images; others can be built later
   * @throws DatasetException if no data set can be made of the request
   * @throws io.thorax.study.Failure.Rejected FORBIDDEN_LOCATION or NOT_FOUND if a source may not be
   *     read or is not there
   * @throws io.thorax.study.Failure.Transient if a source or the store is away
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public AssembledDataset assemble(DatasetSpec spec, InputSpec input, ProgressListener listener) {
    LeftOut leftOut = new LeftOut();
    Map<Layout, SourceFiles> sources = open(spec.sources());
    List<Selection> selections = offered(sources, spec.rules(), leftOut);
    requireEveryClass(
        selections.stream().flatMap(s -> s.candidates().stream()).map(Candidate::label).toList(),
        spec.rules());
    Path unfinished = caches.begin();
    try (PixelCacheWriter pixels =
        new PixelCacheWriter(unfinished, input.width(), input.height())) {
      SampleGathering gathering = new SampleGathering(leftOut, pixels);
      read(sources, selections, spec.rules(), input, listener, gathering, leftOut);
      List<Sample> samples = gathering.finish();
      requireEveryClass(samples.stream().map(Sample::label).toList(), spec.rules());
      Grouping grouping =
          Grouping.of(samples, spec.rules().groupBy(), spec.rules().nearDuplicates());
      Catalogue catalogue = Cataloguing.of(samples, grouping, spec.rules());
      pixels.finish(index(catalogue, samples));
      DatasetSummary summary =
          DatasetSummary.of(
              catalogue, spec.rules(), grouping.nearDuplicatePairs(), leftOut.counts());
      return keep(DatasetFiles.of(catalogue, spec.rules(), summary), input, unfinished);
    } finally {
      caches.drop(unfinished);
    }
  }

  private Map<Layout, SourceFiles> open(Sources sources) {
    Map<Layout, SourceFiles> opened = new LinkedHashMap<>();
    sources.byLayout().forEach((layout, location) -> opened.put(layout, access.open(location)));
    return opened;
  }

  private List<Selection> offered(
      Map<Layout, SourceFiles> sources, DatasetRules rules, LeftOut leftOut) {
    List<Selection> selections = new ArrayList<>();
    sources.forEach(
        (layout, files) ->
            selections.addAll(
                LayoutReader.of(layout).read(files, rules, leftOut, settings.maxMetadataBytes())));
    return selections;
  }

  private void read(
      Map<Layout, SourceFiles> sources,
      List<Selection> selections,
      DatasetRules rules,
      InputSpec input,
      ProgressListener listener,
      SampleGathering gathering,
      LeftOut leftOut) {
    ImageIntake intake =
        new ImageIntake(
            decoder,
            new InputTransform(input),
            new ImageCopies(store, bucket),
            new Views(rules.views()),
            settings.maxImageBytes());
    int expected = selections.stream().mapToInt(Selection::expected).sum();
    int[] done = {0};
    try (OrderedWork work = new OrderedWork(settings.parallelism())) {
      for (Selection selection : selections) {
        SourceFiles files = sources.get(selection.layout());
        int worked =
            work.run(
                selection.candidates(),
                selection.limit(),
                candidate -> intake.read(files, candidate),
                reading -> {
                  listener.imagesRead(++done[0], Math.max(expected, done[0]));
                  return gathering.accept(reading);
                });
        leftOut.count(
            selection.layout(),
            Omission.BEYOND_NUM_RSNA_IMAGES,
            selection.candidates().size() - worked);
      }
    }
  }

  private static void requireEveryClass(List<Integer> labels, DatasetRules rules) {
    for (int i = 0; i < rules.classes().size(); i++) {
      if (!labels.contains(i)) {
        throw new DatasetException("classes", "no image is labelled " + rules.classes().get(i));
      }
    }
  }

  private static List<PixelCacheWriter.IndexEntry> index(
      Catalogue catalogue, List<Sample> samples) {
    Map<Sha256, Integer> positions = new HashMap<>();
    samples.forEach(sample -> positions.put(sample.sha256(), sample.position()));
    return catalogue.entries().stream()
        .map(
            entry ->
                new PixelCacheWriter.IndexEntry(
                    positions.get(entry.sha256()), entry.label(), entry.split(), entry.sha256()))
        .toList();
  }

  private AssembledDataset keep(DatasetFiles files, InputSpec input, Path pixels) {
    AssembledDataset dataset = files.dataset(files.digest(), bucket);
    store.upload(pixels, dataset.pixels(input), PixelDirectory.MEDIA_TYPE);
    caches.keep(dataset, input, pixels);
    Map<String, byte[]> content = files.byName();
    content.forEach(
        (name, bytes) ->
            store.put(dataset.artifacts().get(name), bytes, DatasetFiles.mediaType(name)));
    return dataset;
  }
}
