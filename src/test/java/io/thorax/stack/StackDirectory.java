package io.thorax.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The data directory of one stack, held by a file lock while its launcher lives. The system gives
 * the lock back when the launcher dies in whatever way, so processes that are on record in an
 * unlocked directory are orphans.
 */
final class StackDirectory implements AutoCloseable {
  private static final List<String> CONTENT = List.of("kafka", "postgres", "s3", "logs");
  private static final String RECORDS = "pids";
  private static final String RECORD_SUFFIX = ".pid";

  private final Path root;
  private final FileChannel lock;

  private StackDirectory(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * @throws IllegalStateException if another stack that lives has the directory
   */
  static StackDirectory open(Path directory) {
    Path root = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root);
      FileChannel channel =
          FileChannel.open(
              root.resolve("stack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel)) {
        return new StackDirectory(root, channel);
      }
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException(
        "a stack runs on %s already; stop it, or choose another with -D%s=<directory>"
            .formatted(root, StackProperties.DIRECTORY));
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Kills what a killed launcher left behind, as far as it is on record. */
  void endOrphans(Consumer<String> progress) {
    Path records = root.resolve(RECORDS);
    if (!Files.isDirectory(records)) {
      return;
    }
    try (Stream<Path> files = Files.list(records)) {
      for (Path file : files.filter(f -> f.toString().endsWith(RECORD_SUFFIX)).toList()) {
        PidRecord.read(file).flatMap(PidRecord::process).ifPresent(o -> end(o, file, progress));
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(ProcessHandle orphan, Path record, Consumer<String> progress) {
    String name = record.getFileName().toString().replace(RECORD_SUFFIX, "");
    progress.accept("Ending %s (process %d), left by a killed run".formatted(name, orphan.pid()));
    ProcessTree.kill(orphan);
  }

  /** Removes all data; nothing but what a stack makes. */
  void clean() {
    CONTENT.forEach(name -> StackFiles.deleteTree(root.resolve(name)));
  }

  void dropLogs() {
    StackFiles.deleteTree(root.resolve("logs"));
  }

  EmbeddedServer.Home home(Duration patience) {
    return new EmbeddedServer.Home(root, root.resolve("logs"), root.resolve(RECORDS), patience);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
