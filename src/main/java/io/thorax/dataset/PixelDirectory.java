package io.thorax.dataset;

import io.thorax.imaging.InputSpec;
import io.thorax.study.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The pixel caches on the local disk: written aside, then moved to their names in one step. When
 * together they are larger than allowed, those whose last use is longest ago go, but none that this
 * process uses; whatever went comes back from the store. A file's time of modification is that of
 * its last use. What a dead process left unfinished goes after a day. Thread-safe.
 *
 * <p>Processes may share a directory: a file that is deleted while another one has it mapped stays
 * readable to that one.
 */
public final class PixelDirectory {
  static final String MEDIA_TYPE = "application/octet-stream";

  private static final Logger LOG = Logger.getLogger(PixelDirectory.class);
  private static final String FINISHED = ".bin";
  private static final String UNFINISHED = ".unfinished";
  private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

  private final Path directory;
  private final long maxBytes;
  private final Map<Path, Integer> users = new HashMap<>();
  private final Set<Path> inWork = new HashSet<>();

  /**
   * @param maxBytes of all finished caches together; what is in use may exceed it
   */
  public PixelDirectory(Path directory, long maxBytes) {
    if (maxBytes < 0) {
      throw new IllegalArgumentException("maxBytes: must not be negative");
    }
    this.directory = directory;
    this.maxBytes = maxBytes;
  }

  public static PixelDirectory of(DatasetConfig config) {
    return new PixelDirectory(
        config
            .workDirectory()
            .orElseGet(
                () ->
                    Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "thorax-" + System.getProperty("user.name"),
                        "pixels")),
        config.maxCacheSize().asLongValue());
  }

  /** The cache, if it is here and whole; in use until it is closed. */
  synchronized Optional<PixelCache> open(AssembledDataset dataset, InputSpec input) {
    Path file = file(dataset, input);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      PixelCache cache = PixelCache.open(file, () -> leave(file));
      users.merge(file, 1, Integer::sum);
      touch(file);
      return Optional.of(cache);
    } catch (Failure.Poison damaged) {
      LOG.warnf("a pixel cache is passed over: %s", damaged.getMessage());
      delete(file);
      return Optional.empty();
    }
  }

  /** A new file to write to; to be handed to {@link #keep} or {@link #drop}. */
  synchronized Path begin() {
    try {
      Files.createDirectories(directory);
      Path file = Files.createTempFile(directory, "pixels-", UNFINISHED);
      inWork.add(file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("the work directory cannot be written to", e);
    }
  }

  /** Moves it to its name, and makes room. */
  synchronized void keep(AssembledDataset dataset, InputSpec input, Path unfinished) {
    Path file = file(dataset, input);
    try {
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the pixel cache cannot be moved into place", e);
    }
    inWork.remove(unfinished);
    touch(file);
    makeRoom(file);
  }

  /** As {@link #keep} and {@link #open}, with nobody in between. */
  synchronized PixelCache keepOpen(AssembledDataset dataset, InputSpec input, Path unfinished) {
    keep(dataset, input, unfinished);
    return open(dataset, input)
        .orElseThrow(() -> new Failure.Poison("the pixel cache went as soon as it was there"));
  }

  /** Deletes it if it was not kept. */
  synchronized void drop(Path unfinished) {
    if (inWork.remove(unfinished)) {
      delete(unfinished);
    }
  }

  private Path file(AssembledDataset dataset, InputSpec input) {
    return directory.resolve(dataset.digest() + "-" + input.digest() + FINISHED);
  }

  private synchronized void leave(Path file) {
    users.computeIfPresent(file, (path, count) -> count == 1 ? null : count - 1);
  }

  private record Entry(Path file, long bytes, Instant usedAt) {}

  private void makeRoom(Path justKept) {
    List<Entry> finished = new ArrayList<>();
    for (Entry entry : entries()) {
      if (entry.file().toString().endsWith(FINISHED)) {
        finished.add(entry);
      } else if (entry.usedAt().isBefore(Instant.now().minus(ABANDONED_AFTER))
          && !inWork.contains(entry.file())) {
        delete(entry.file());
      }
    }
    long bytes = finished.stream().mapToLong(Entry::bytes).sum();
    finished.sort(Comparator.comparing(Entry::usedAt));
    for (Entry entry : finished) {
      boolean needed = users.containsKey(entry.file()) || entry.file().equals(justKept);
      if (bytes > maxBytes && !needed) {
        delete(entry.file());
        bytes -= entry.bytes();
      }
    }
  }

  private List<Entry> entries() {
    try (Stream<Path> files = Files.list(directory)) {
      List<Entry> entries = new ArrayList<>();
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(FINISHED) || name.endsWith(UNFINISHED)) {
          entry(file).ifPresent(entries::add);
        }
      }
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException("the work directory cannot be listed", e);
    }
  }

  /** Empty if another process has just deleted it. */
  private static Optional<Entry> entry(Path file) {
    try {
      return Optional.of(
          new Entry(file, Files.size(file), Files.getLastModifiedTime(file).toInstant()));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      LOG.debugf("the last use of a pixel cache is not noted: %s", e.getMessage());
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warnf("a pixel cache cannot be deleted: %s", e.getMessage());
    }
  }
}
