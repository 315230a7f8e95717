package io.thorax.dataset;

import static io.thorax.dataset.DatasetFixtures.INPUT;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.imaging.ReducedImage;
import io.thorax.study.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelDirectoryTest {
  private static final int SIDE = 32;
  private static final int CACHES = 3;
  private static final AssembledDataset A = dataset("a");
  private static final AssembledDataset B = dataset("b");
  private static final AssembledDataset C = dataset("c");
  private static final AssembledDataset D = dataset("d");

  @TempDir Path folder;

  @Test
  void theOneNotUsedForLongestGoesWhenThereIsNoRoom() throws IOException {
    PixelDirectory directory = directoryFor(CACHES);
    List.of(A, B, C).forEach(dataset -> keep(directory, dataset));
    lastUsed(A, Duration.ofHours(1));
    lastUsed(B, Duration.ofHours(3));
    lastUsed(C, Duration.ofHours(2));

    keep(directory, D);

    assertFalse(isThere(directory, B));
    assertTrue(Stream.of(A, C, D).allMatch(dataset -> isThere(directory, dataset)));
  }

  @Test
  void openingIsAUse() throws IOException {
    PixelDirectory directory = directoryFor(CACHES);
    List.of(A, B, C).forEach(dataset -> keep(directory, dataset));
    lastUsed(A, Duration.ofHours(3));
    lastUsed(B, Duration.ofHours(2));
    lastUsed(C, Duration.ofHours(1));
    directory.open(A, INPUT).orElseThrow().close();

    keep(directory, D);

    assertTrue(isThere(directory, A));
    assertFalse(isThere(directory, B));
  }

  @Test
  void noneThatIsInUseGoesUntilItsLastUserHasClosedIt() throws IOException {
    PixelDirectory directory = directoryFor(1);
    keep(directory, A);
    PixelCache first = directory.open(A, INPUT).orElseThrow();
    PixelCache second = directory.open(A, INPUT).orElseThrow();

    first.close();
    first.close();
    keep(directory, B);
    assertTrue(Files.exists(file(A)));

    second.close();
    keep(directory, C);
    assertFalse(Files.exists(file(A)));
    assertFalse(Files.exists(file(B)));
    assertTrue(Files.exists(file(C)));
  }

  @Test
  void whatADeadProcessLeftUnfinishedGoesAfterADay() throws IOException {
    Path old = Files.createFile(folder.resolve("pixels-1.unfinished"));
    Path fresh = Files.createFile(folder.resolve("pixels-2.unfinished"));
    Path foreign = Files.createFile(folder.resolve("notes.txt"));
    PixelDirectory directory = directoryFor(CACHES);
    Path mine = directory.begin();
    for (Path file : List.of(old, foreign, mine)) {
      age(file, Duration.ofDays(2));
    }

    keep(directory, A);

    assertFalse(Files.exists(old));
    assertTrue(Stream.of(fresh, foreign, mine).allMatch(Files::exists));
    directory.drop(mine);
    assertFalse(Files.exists(mine));
  }

  @Test
  void aDamagedOneIsNotOpenedAndGoes() throws IOException {
    PixelDirectory directory = directoryFor(CACHES);
    keep(directory, A);
    Files.write(file(A), new byte[10]);
    assertFalse(isThere(directory, A));
    assertFalse(Files.exists(file(A)));
  }

  private PixelDirectory directoryFor(int caches) throws IOException {
    Path probe = folder.resolve("probe");
    write(probe, A);
    long bytes = Files.size(probe);
    Files.delete(probe);
    return new PixelDirectory(folder, caches * bytes);
  }

  private static void keep(PixelDirectory directory, AssembledDataset dataset) {
    Path unfinished = directory.begin();
    write(unfinished, dataset);
    directory.keep(dataset, INPUT, unfinished);
  }

  private static void write(Path file, AssembledDataset dataset) {
    try (PixelCacheWriter writer = new PixelCacheWriter(file, SIDE, SIDE)) {
      int position = writer.add(new ReducedImage(SIDE, SIDE, 1, new byte[SIDE * SIDE]));
      writer.finish(
          List.of(new PixelCacheWriter.IndexEntry(position, 0, Split.TRAIN, dataset.digest())));
    }
  }

  private static boolean isThere(PixelDirectory directory, AssembledDataset dataset) {
    return directory
        .open(dataset, INPUT)
        .map(
            cache -> {
              cache.close();
              return true;
            })
        .orElse(false);
  }

  private void lastUsed(AssembledDataset dataset, Duration ago) throws IOException {
    age(file(dataset), ago);
  }

  private static void age(Path file, Duration age) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  private Path file(AssembledDataset dataset) {
    return folder.resolve(dataset.digest() + "-" + INPUT.digest() + ".bin");
  }

  private static AssembledDataset dataset(String name) {
    return new AssembledDataset(Sha256.ofUtf8(name), null, null, null, "{}", "artifacts");
  }
}
