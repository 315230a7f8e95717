package io.thorax.dataset;

import static io.thorax.dataset.DatasetFixtures.BUCKET;
import static io.thorax.dataset.DatasetFixtures.INPUT;
import static io.thorax.dataset.DatasetFixtures.SETTINGS;
import static io.thorax.dataset.DatasetFixtures.assembler;
import static io.thorax.dataset.DatasetFixtures.caches;
import static io.thorax.dataset.DatasetFixtures.decoder;
import static io.thorax.dataset.DatasetFixtures.spec;

import io.thorax.objectstore.InMemoryObjectStore;
import io.thorax.objectstore.ObjectAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Raw images, a store and a working directory of its own for each test, and what is done there. */
abstract class OnAssembler {
  @TempDir Path temp;
  final InMemoryObjectStore store = new InMemoryObjectStore();
  Path raw;
  Path work;

  @BeforeEach
  void makeFolders() throws IOException {
    raw = Files.createDirectories(temp.resolve("raw"));
    work = temp.resolve("work");
    store.ensureBucket(BUCKET);
  }

  final Map<Layout, Path> folders(int covid, int normal) {
    RawLayout layout = new RawLayout(raw.resolve("folder"));
    for (int i = 0; i < covid; i++) {
      layout.png("COVID-19/c" + i + ".png", 1000 + i);
    }
    for (int i = 0; i < normal; i++) {
      layout.png("normal/n" + i + ".png", 2000 + i);
    }
    return Map.of(Layout.FOLDER, layout.root());
  }

  final AssembledDataset assemble(Map<Layout, Path> roots, DatasetRules rules) {
    return assembler(store, raw, work).assemble(spec(roots, rules), INPUT, ProgressListener.NONE);
  }

  final DatasetLibrary library() {
    return new DatasetLibrary(store, BUCKET, decoder(), SETTINGS, caches(work));
  }

  final PixelCache pixels(AssembledDataset dataset) {
    return library().pixels(dataset, INPUT, ProgressListener.NONE);
  }

  final String text(ObjectAddress address) {
    return new String(store.get(address, 1 << 24).content(), StandardCharsets.UTF_8);
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }
}
