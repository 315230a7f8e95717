package io.thorax.dataset;

import static io.thorax.dataset.DatasetFixtures.BINARY;
import static io.thorax.dataset.DatasetFixtures.INPUT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.imaging.InputSpec;
import io.thorax.objectstore.ObjectAddress;
import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import io.thorax.study.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DatasetLibraryTest extends OnAssembler {
  @Test
  void theCacheHoldsEveryImageWithItsLabelAndSplit() {
    AssembledDataset dataset = assemble(folders(15, 20), BINARY);
    PixelCache cache = pixels(dataset);
    assertEquals(35, cache.size());
    Map<String, CatalogueEntry> byId =
        dataset.catalogue().entries().stream()
            .collect(Collectors.toMap(entry -> entry.sha256().hex(), entry -> entry));
    for (int i = 0; i < cache.size(); i++) {
      assertEquals(byId.get(cache.id(i)).label(), cache.label(i));
      assertEquals(byId.get(cache.id(i)).split(), cache.split(i));
      assertEquals(INPUT.width(), cache.image(i).width());
      assertEquals(1, cache.image(i).channels());
    }
    assertEquals(dataset.summary().splits().get("val").images(), cache.split(Split.VAL).size());
  }

  @Test
  void aCacheIsFetchedFromTheStoreOrBuiltOfTheCopies() throws IOException {
    AssembledDataset dataset = assemble(folders(4, 4), BINARY);
    PixelCache first = pixels(dataset);
    for (Path file : files(work)) {
      Files.delete(file);
    }
    PixelCache fetched = pixels(dataset);
    for (Path file : files(work)) {
      Files.delete(file);
    }
    store.delete(dataset.pixels(INPUT));
    for (Path file : files(raw)) {
      Files.delete(file);
    }
    PixelCache built = pixels(dataset);
    for (int i = 0; i < first.size(); i++) {
      assertArrayEquals(first.image(i).samples(), fetched.image(i).samples());
      assertArrayEquals(first.image(i).samples(), built.image(i).samples());
      assertEquals(first.id(i), built.id(i));
      assertEquals(first.split(i), built.split(i));
    }
    assertTrue(store.exists(dataset.pixels(INPUT)));
    InputSpec larger = InputSpec.ofSize(40, 48);
    assertEquals(48, library().pixels(dataset, larger, ProgressListener.NONE).image(0).width());
  }

  @Test
  void damageOfAStoredFileIsFound() {
    AssembledDataset dataset = assemble(folders(4, 4), BINARY);
    ObjectAddress catalogue = dataset.artifacts().get("catalogue.csv");
    store.put(
        catalogue,
        text(catalogue).replace("train", "test").getBytes(StandardCharsets.UTF_8),
        "text/csv");
    assertThrows(Failure.Poison.class, () -> library().open(dataset.digest()));
    Failure.Rejected unknown =
        assertThrows(Failure.Rejected.class, () -> library().open(Sha256.ofUtf8("no data set")));
    assertEquals(RejectReason.NOT_FOUND, unknown.reason());
  }
}
