package io.thorax.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * The packaged service as a process of its own, to be killed and started again; as many beside one
 * another as a test likes, each with its name. Made by {@link EmbeddedStack#service(String)}. Calls
 * for one process must not overlap.
 *
 * <pre>{@code
 * ServiceProcess worker = stack.service("worker").roles("classify").build();
 * worker.start();
 * worker.awaitReady();
 * worker.kill();
 * worker.start();
 * }</pre>
 */
public final class ServiceProcess implements AutoCloseable {
  private static final int HTTP_OK = 200;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final String name;
  private final EmbeddedServer.Home home;
  private final List<String> command;
  private final Map<String, String> environment;
  private final int port;
  private final Duration patience;
  private ChildProcess child;
  private long started;
  private long logStart;
  private Duration startTime = Duration.ZERO;

  ServiceProcess(
      String name,
      EmbeddedServer.Home home,
      List<String> command,
      Map<String, String> environment,
      int port,
      Duration patience) {
    this.name = name;
    this.home = home;
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.port = port;
    this.patience = patience;
  }

  /**
   * Returns at once; see {@link #awaitReady()}.
   *
   * @throws IllegalStateException if it runs already or its port is taken
   */
  public void start() {
    if (isRunning()) {
      throw new IllegalStateException(name + " runs already");
    }
    if (!Ports.isFree(port)) {
      throw new IllegalStateException(
          "port %d of %s is taken by another process".formatted(port, name));
    }
    logStart = logSize();
    started = System.nanoTime();
    child = ChildProcess.launch(name, command, environment, log(), home.record(name));
  }

  /**
   * Returns when the readiness check answers 200, and prints after how many seconds it did.
   *
   * @throws IllegalStateException with the end of the log, if it ends before or takes too long
   */
  public void awaitReady() {
    await("did not become ready", this::isReady);
    startTime = Duration.ofNanos(System.nanoTime() - started);
    System.out.printf(
        "%s ready on %s after %.1f s%n", name, uri(), EmbeddedStack.seconds(startTime));
  }

  /**
   * Returns when the log since the latest start matches.
   *
   * @throws IllegalStateException with the end of the log, if it ends before or takes too long
   */
  public void awaitLog(Pattern pattern) {
    await("did not log " + pattern, () -> pattern.matcher(logSinceStart()).find());
  }

  private void await(String missed, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (!child.isAlive()) {
        throw child.failure(missed + ": it ended with status " + child.exitValue(), null);
      }
      if (System.nanoTime() > deadline) {
        throw child.failure(missed + " within " + patience.toSeconds() + " s", null);
      }
      Pause.briefly();
    }
  }

  /** Whether {@code /q/health/ready} answers 200 now. */
  public boolean isReady() {
    return status("/q/health/ready") == HTTP_OK;
  }

  /** Whether {@code /q/health/live} answers 200 now. */
  public boolean isLive() {
    return status("/q/health/live") == HTTP_OK;
  }

  private int status(String path) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(uri().resolve(path)).timeout(Duration.ofSeconds(5)).build();
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking " + name, e);
    }
  }

  /** SIGKILL; returns when it is gone. */
  public void kill() {
    if (child != null) {
      child.kill();
      child = null;
    }
  }

  /**
   * SIGTERM, as Kubernetes sends it; a kill if that takes longer than the patience.
   *
   * @return whether it ended by itself
   */
  public boolean terminate() {
    if (child == null) {
      return true;
    }
    boolean ended = child.terminate("TERM", patience);
    child = null;
    return ended;
  }

  @Override
  public void close() {
    terminate();
  }

  public boolean isRunning() {
    return child != null && child.isAlive();
  }

  public long pid() {
    return child.pid();
  }

  public URI uri() {
    return URI.create("http://" + Ports.HOST + ":" + port + "/");
  }

  /** From launch to ready, of the latest start that was waited for. */
  public Duration startTime() {
    return startTime;
  }

  /** The output of all its runs. */
  public Path log() {
    return home.log(name);
  }

  /** What it wrote since the latest start. */
  public String logSinceStart() {
    try {
      byte[] all = Files.readAllBytes(log());
      int from = Math.toIntExact(logStart);
      return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long logSize() {
    try {
      return Files.exists(log()) ? Files.size(log()) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
