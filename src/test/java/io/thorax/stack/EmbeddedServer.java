package io.thorax.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One real server: started here as a child process, or somebody else's at a given address. A test
 * may {@link #kill()} it at any moment and {@link #start()} it again on the same port and data.
 * Calls for one server must not overlap.
 */
public abstract sealed class EmbeddedServer permits KafkaServer, PostgresServer, S3Server {
  private final Kind kind;
  private final Home home;
  private final int port;
  private final boolean external;
  private final Object launching = new Object();
  private volatile ChildProcess child;
  private volatile Duration startTime = Duration.ZERO;
  private boolean retired;

  /** Where a server lives. */
  record Home(Path directory, Path logs, Path records, Duration patience) {
    Path data(String name) {
      return directory.resolve(name);
    }

    Path log(String name) {
      return logs.resolve(name + ".log");
    }

    Path record(String name) {
      return records.resolve(name + ".pid");
    }
  }

  /**
   * Which of the servers it is.
   *
   * @param name of its files
   * @param title in messages
   * @param portProperty that chooses its port
   * @param externalProperty that names a running server to be used instead
   */
  record Kind(String name, String title, String portProperty, String externalProperty) {}

  /**
   * @param port ignored if external
   */
  EmbeddedServer(Kind kind, Home home, int port, boolean external) {
    this.kind = kind;
    this.home = home;
    this.port = port;
    this.external = external;
  }

  final String title() {
    return kind.title();
  }

  /** Where clients find it. */
  public abstract String address();

  /** True for a server that is not ours: it is only used, never started or killed. */
  public final boolean isExternal() {
    return external;
  }

  final int port() {
    return port;
  }

  /** Makes the data directory ready and gives the command line. */
  abstract List<String> prepare() throws Exception;

  /**
   * Asks the server itself whether it serves.
   *
   * @throws Exception while it does not
   */
  abstract void probe() throws Exception;

  /** The signal of an orderly stop. */
  String stopSignal() {
    return "TERM";
  }

  /** What must exist before first use. Called once the server answers, at each start. */
  void afterStart() throws Exception {}

  /**
   * Starts the server and returns when it serves.
   *
   * @throws IllegalStateException with the end of its log, if it does not come up
   */
  public final void start() {
    if (isRunning()) {
      throw new IllegalStateException(title() + " runs already");
    }
    long begin = System.nanoTime();
    try {
      if (!external) {
        launch(prepare());
      }
      awaitReady(begin + home.patience().toNanos());
      afterStart();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(title() + " cannot be used: " + e.getMessage(), e);
    }
    startTime = Duration.ofNanos(System.nanoTime() - begin);
  }

  private void launch(List<String> command) {
    synchronized (launching) {
      if (retired) {
        throw new IllegalStateException(title() + " is not started: the stack stops");
      }
      child =
          ChildProcess.launch(
              kind.name(), command, Map.of(), home.log(kind.name()), home.record(kind.name()));
    }
  }

  private void awaitReady(long deadline) {
    ChildProcess running = child;
    Exception last = null;
    while (System.nanoTime() < deadline) {
      if (running != null && !running.isAlive()) {
        throw running.failure("ended with status " + running.exitValue() + " while starting", last);
      }
      try {
        if (external || Ports.answers(port)) {
          probe();
          return;
        }
      } catch (Exception e) {
        last = e;
      }
      Pause.briefly();
    }
    String what = "did not answer within " + home.patience().toSeconds() + " s";
    if (running == null) {
      throw new IllegalStateException(title() + " at " + address() + " " + what, last);
    }
    throw running.failure(what, last);
  }

  /** SIGKILL to the server and all its processes; returns when they are gone. */
  public final void kill() {
    if (external) {
      throw new IllegalStateException(title() + " at " + address() + " is not ours to kill");
    }
    ChildProcess running = child;
    if (running != null) {
      running.kill();
      child = null;
    }
  }

  /** An orderly stop; a kill if that takes too long. Nothing for an external server. */
  public final void stop() {
    ChildProcess running = child;
    if (running != null) {
      running.terminate(stopSignal(), home.patience());
      child = null;
    }
  }

  /** An orderly stop for good, also in the midst of a start. */
  final void retire() {
    synchronized (launching) {
      retired = true;
    }
    stop();
  }

  public final boolean isRunning() {
    ChildProcess running = child;
    return running != null && running.isAlive();
  }

  /** From launch to the first answer, of the latest start. */
  public final Duration startTime() {
    return startTime;
  }

  /** Everything the server wrote since the stack started. */
  public final Path log() {
    return home.log(kind.name());
  }

  final Home home() {
    return home;
  }

  final Path data() {
    return home.data(kind.name());
  }

  final void requireFreePort() {
    if (!external && !Ports.isFree(port)) {
      throw new IllegalStateException(
          "port %d of the %s is taken by another process; choose another with -D%s=<port> (0: any free one), or use a running server with -D%s=..."
              .formatted(port, title(), kind.portProperty(), kind.externalProperty()));
    }
  }
}
