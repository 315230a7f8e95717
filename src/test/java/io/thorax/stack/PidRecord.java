package io.thorax.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which process a server runs as, kept on disk so that the next run finds what a killed run left. A
 * process id alone is not enough, since ids are used again: the start time must agree as well.
 *
 * @param start when the process started, by the system's own account
 */
record PidRecord(long pid, Instant start) {
  /** The kernel counts from boot; a clock that is set meanwhile moves the computed time. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  static PidRecord of(ProcessHandle process) {
    return new PidRecord(process.pid(), process.info().startInstant().orElse(Instant.now()));
  }

  static Optional<PidRecord> read(Path file) {
    try {
      String[] words = Files.readString(file).strip().split(" ", -1);
      return Optional.of(
          new PidRecord(Long.parseLong(words[0]), Instant.ofEpochMilli(Long.parseLong(words[1]))));
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  void write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, pid + " " + start.toEpochMilli() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The very process of this record, if it still lives. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().startInstant().map(this::agrees).orElse(false));
  }

  private boolean agrees(Instant other) {
    return Duration.between(start, other).abs().compareTo(TOLERANCE) <= 0;
  }
}
