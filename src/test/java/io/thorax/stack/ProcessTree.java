package io.thorax.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A process with all that it started. */
final class ProcessTree {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private ProcessTree() {}

  /**
   * Sends SIGKILL to the process, then to its descendants, and returns when all are gone: their
   * ports and their memory are free then.
   *
   * @throws IllegalStateException if one of them outlives it
   */
  static void kill(ProcessHandle root) {
    List<ProcessHandle> tree = new ArrayList<>();
    tree.add(root);
    root.descendants().forEach(tree::add);
    tree.forEach(ProcessHandle::destroyForcibly);
    Optional<ProcessHandle> survivor = awaitEnd(tree, PATIENCE);
    if (survivor.isPresent()) {
      throw new IllegalStateException("process " + survivor.get().pid() + " cannot be killed");
    }
  }

  /** One that is still there after the time given, or none. */
  static Optional<ProcessHandle> awaitEnd(List<ProcessHandle> processes, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    Optional<ProcessHandle> survivor;
    do {
      survivor = processes.stream().filter(ProcessTree::runs).findFirst();
      if (survivor.isEmpty()) {
        return survivor;
      }
      Pause.briefly();
    } while (System.nanoTime() < deadline);
    return survivor;
  }

  /** A dead process that nobody has waited for (in a container without an init) does not run. */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && !isZombie(Path.of("/proc", Long.toString(process.pid())));
  }

  /** Its first thread may be dead while others still hold its ports. */
  private static boolean isZombie(Path process) {
    try (Stream<Path> threads = Files.list(process.resolve("task"))) {
      String stat = Files.readString(process.resolve("stat"));
      return stat.startsWith(") Z", stat.lastIndexOf(')')) && threads.count() <= 1;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
