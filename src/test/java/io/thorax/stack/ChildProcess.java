package io.thorax.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A running child whose process id is recorded and whose output goes to a log file. Where the
 * system has {@code setsid}, the child gets a session of its own: a Ctrl-C in the terminal then
 * reaches the launcher alone, which stops its children in the right order.
 */
final class ChildProcess {
  private static final boolean HAS_SETSID = Commands.works("setsid", "true");
  private static final int TAIL_LINES = 40;

  private final String name;
  private final Process process;
  private final Path log;
  private final Path record;

  private ChildProcess(String name, Process process, Path log, Path record) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.record = record;
  }

  /**
   * @param log appended to
   * @param record where the process id is kept while the child lives
   */
  static ChildProcess launch(
      String name, List<String> command, Map<String, String> environment, Path log, Path record) {
    List<String> line = new ArrayList<>();
    if (HAS_SETSID) {
      line.add("setsid");
    }
    line.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      Files.createDirectories(log.getParent());
      Process process = builder.start();
      PidRecord.of(process.toHandle()).write(record);
      return new ChildProcess(name, process, log, record);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be started", e);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exitValue() {
    return process.exitValue();
  }

  /** SIGKILL to the whole tree; returns when it is gone. */
  void kill() {
    ProcessTree.kill(process.toHandle());
    forget();
  }

  /**
   * Asks the child to end.
   *
   * @param signal the name that {@code kill} knows: TERM, or INT for PostgreSQL's fast shutdown
   * @return whether it ended by itself within the time given; else it is killed
   */
  boolean terminate(String signal, Duration patience) {
    if (process.isAlive()) {
      Commands.run(List.of("kill", "-" + signal, Long.toString(pid())));
    }
    boolean ended = awaitExit(patience);
    kill();
    return ended;
  }

  boolean awaitExit(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What a reader needs to see why the child did not come up. */
  IllegalStateException failure(String what, Throwable cause) {
    return new IllegalStateException(
        name + " " + what + ". The end of " + log + ":\n" + tail(log), cause);
  }

  static String tail(Path log) {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }

  private void forget() {
    try {
      Files.deleteIfExists(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
