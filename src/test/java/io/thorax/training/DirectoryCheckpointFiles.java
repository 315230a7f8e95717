package io.thorax.training;

import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Checkpoint files in a directory. */
record DirectoryCheckpointFiles(Path directory) implements CheckpointFiles {
  @Override
  public List<String> names() {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void put(String name, Path file) {
    copy(file, directory.resolve(name));
  }

  @Override
  public void get(String name, Path file) {
    copy(directory.resolve(name), file);
  }

  @Override
  public void delete(String name) {
    try {
      Files.deleteIfExists(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException e) {
      throw new Failure.Rejected(RejectReason.NOT_FOUND, "no such file", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
