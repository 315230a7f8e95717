package io.thorax.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thorax.imaging.ReducedImage;
import io.thorax.study.Failure;
import io.thorax.study.Sha256;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelCacheTest {
  private static final int WIDTH = 5;
  private static final int HEIGHT = 4;
  @TempDir Path folder;

  @Test
  void readsBackWhatWasWrittenInTheOrderOfTheIndex() {
    ReducedImage gray = image(1, 1);
    ReducedImage colour = image(2, 3);
    ReducedImage dropped = image(3, 1);
    PixelCache cache =
        PixelCache.open(
            write(
                List.of(gray, dropped, colour),
                List.of(entry(2, 1, Split.TEST), entry(0, 0, Split.TRAIN))));
    assertEquals(2, cache.size());
    assertArrayEquals(colour.samples(), cache.image(0).samples());
    assertEquals(3, cache.image(0).channels());
    assertEquals(1, cache.label(0));
    assertEquals(id(2).hex(), cache.id(0));
    assertEquals(Split.TRAIN, cache.split(1));
    assertArrayEquals(gray.samples(), cache.image(1).samples());
    PixelSet test = cache.split(Split.TEST);
    assertEquals(1, test.size());
    assertEquals(id(2).hex(), test.id(0));
    assertEquals(0, cache.split(Split.VAL).size());
    assertThrows(IndexOutOfBoundsException.class, () -> cache.label(2));
  }

  @Test
  void grayInColourIsStoredAsOneChannel() {
    byte[] samples = new byte[WIDTH * HEIGHT * 3];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i / 3);
    }
    PixelCache cache =
        PixelCache.open(
            write(
                List.of(new ReducedImage(WIDTH, HEIGHT, 3, samples)),
                List.of(entry(0, 0, Split.VAL))));
    assertEquals(1, cache.image(0).channels());
    assertEquals(7, cache.image(0).samples()[7]);
  }

  @Test
  void imagesAreReadAcrossTheBordersOfSegments() {
    List<ReducedImage> images = new ArrayList<>();
    List<PixelCacheWriter.IndexEntry> index = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      images.add(image(i, i % 2 == 0 ? 1 : 3));
      index.add(entry(i, 0, Split.TRAIN));
    }
    PixelCache cache = PixelCache.open(write(images, index), 6, () -> {});
    for (int i = 0; i < 50; i++) {
      assertArrayEquals(images.get(i).samples(), cache.image(i).samples());
    }
  }

  @Test
  void damageIsFoundWhereverItIs() throws IOException {
    Path file = write(List.of(image(1, 1)), List.of(entry(0, 0, Split.TRAIN)));
    long size = Files.size(file);
    flip(file, PixelCacheFormat.HEADER_BYTES + 3);
    PixelCache cache = PixelCache.open(file);
    assertThrows(Failure.Poison.class, () -> cache.image(0));
    flip(file, size - 1);
    assertThrows(Failure.Poison.class, () -> PixelCache.open(file));
    Files.write(file, new byte[10]);
    assertThrows(Failure.Poison.class, () -> PixelCache.open(file));
  }

  @Test
  void aFileThatWasNotFinishedIsNone() throws IOException {
    Path file = folder.resolve("cut");
    try (PixelCacheWriter writer = new PixelCacheWriter(file, WIDTH, HEIGHT)) {
      writer.add(image(1, 1));
    }
    assertThrows(Failure.Poison.class, () -> PixelCache.open(file));
  }

  @Test
  void anImageOfAnotherSizeIsAProgrammingError() {
    try (PixelCacheWriter writer = new PixelCacheWriter(folder.resolve("size"), 9, 9)) {
      assertThrows(IllegalArgumentException.class, () -> writer.add(image(1, 1)));
    }
  }

  private Path write(List<ReducedImage> images, List<PixelCacheWriter.IndexEntry> index) {
    Path file = folder.resolve("cache-" + images.size() + "-" + index.size());
    try (PixelCacheWriter writer = new PixelCacheWriter(file, WIDTH, HEIGHT)) {
      images.forEach(writer::add);
      writer.finish(index);
    }
    return file;
  }

  private static void flip(Path file, long offset) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(offset);
      int value = access.read();
      access.seek(offset);
      access.write(value ^ 1);
    }
  }

  private static PixelCacheWriter.IndexEntry entry(int position, int label, Split split) {
    return new PixelCacheWriter.IndexEntry(position, label, split, id(position));
  }

  private static Sha256 id(int position) {
    return Sha256.ofUtf8("image " + position);
  }

  private static ReducedImage image(int seed, int channels) {
    byte[] samples = new byte[WIDTH * HEIGHT * channels];
    new Random(seed).nextBytes(samples);
    return new ReducedImage(WIDTH, HEIGHT, channels, samples);
  }
}
