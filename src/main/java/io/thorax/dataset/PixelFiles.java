package io.thorax.dataset;

import io.thorax.imaging.InputSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Pixel caches on the local disk: written aside, then moved to their names in one step. */
final class PixelFiles {
  static final String MEDIA_TYPE = "application/octet-stream";

  private PixelFiles() {}

  static Path of(Path workDirectory, AssembledDataset dataset, InputSpec input) {
    return workDirectory.resolve(dataset.digest() + "-" + input.digest() + ".bin");
  }

  static Path temporary(Path workDirectory) {
    try {
      Files.createDirectories(workDirectory);
      return Files.createTempFile(workDirectory, "pixels-", ".unfinished");
    } catch (IOException e) {
      throw new UncheckedIOException("the work directory cannot be written to", e);
    }
  }

  static void moveTo(Path target, Path finished) {
    try {
      Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the pixel cache cannot be moved into place", e);
    }
  }

  static void deleteIfThere(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("a temporary pixel cache cannot be deleted", e);
    }
  }
}
