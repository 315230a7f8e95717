package io.thorax.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * The servers that Thorax needs, on this machine, without Docker: Kafka, PostgreSQL and S3.
 *
 * <pre>{@code
 * try (EmbeddedStack stack = EmbeddedStack.builder().directory(dir).freePorts().start()) {
 *   stack.kafka().bootstrapServers();
 *   stack.postgres().kill();
 *   stack.postgres().start(); // the same port, the same data
 * }
 * }</pre>
 *
 * Data is kept between runs unless {@code -Dstack.clean=true}. What a killed run left running is
 * ended at the next start on the same directory. For the system properties see {@link
 * EmbeddedStackBuilder}. Tests that need servers, but neither kill nor count on an empty one, use
 * {@link #shared()}.
 */
public final class EmbeddedStack implements AutoCloseable {
  private final StackDirectory directory;
  private final EmbeddedServer.Home home;
  private final KafkaServer kafka;
  private final PostgresServer postgres;
  private final S3Server s3;
  private final Consumer<String> progress;
  private final Thread shutdownHook = new Thread(this::stopAll, "stack-shutdown");
  private boolean closed;

  EmbeddedStack(
      StackDirectory directory,
      EmbeddedServer.Home home,
      KafkaServer kafka,
      PostgresServer postgres,
      S3Server s3,
      Consumer<String> progress) {
    this.directory = directory;
    this.home = home;
    this.kafka = kafka;
    this.postgres = postgres;
    this.s3 = s3;
    this.progress = progress;
  }

  public static EmbeddedStackBuilder builder() {
    return new EmbeddedStackBuilder();
  }

  /**
   * One stack for all tests of this JVM, on free ports, emptied at its start and stopped with the
   * JVM. Its users keep apart by buckets, topics and databases of their own.
   */
  public static EmbeddedStack shared() {
    return Shared.STACK;
  }

  private static final class Shared {
    private static final EmbeddedStack STACK =
        builder()
            .directory(StackFiles.target().resolve("stack").resolve("shared"))
            .freePorts()
            .clean(true)
            .start();
  }

  public KafkaServer kafka() {
    return kafka;
  }

  public PostgresServer postgres() {
    return postgres;
  }

  public S3Server s3() {
    return s3;
  }

  /** What the service needs in its environment to use this stack. */
  public Map<String, String> serviceEnvironment() {
    PostgresServer.Database database = postgres.database();
    return Map.of(
        "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
        "THORAX_DATABASE_HOST", database.address().getHost(),
        "THORAX_DATABASE_PORT", Integer.toString(database.address().getPort()),
        "THORAX_DATABASE_NAME", database.address().getPath().substring(1),
        "THORAX_DATABASE_USERNAME", database.user(),
        "THORAX_DATABASE_PASSWORD", database.password(),
        "THORAX_OBJECT_STORE_ENDPOINT", s3.endpoint(),
        "THORAX_OBJECT_STORE_ACCESS_KEY", s3.accessKey(),
        "THORAX_OBJECT_STORE_SECRET_KEY", s3.secretKey());
  }

  /** A service process that uses this stack; its records and logs lie beside the stack's. */
  public ServiceProcessBuilder service(String name) {
    return new ServiceProcessBuilder(name, home).environment(serviceEnvironment());
  }

  /** All at the same time. If one fails, none stays. */
  void start() {
    Runtime.getRuntime().addShutdownHook(shutdownHook);
    try {
      List<CompletableFuture<Void>> starts = new ArrayList<>();
      for (EmbeddedServer server : List.of(kafka, postgres, s3)) {
        CompletableFuture<Void> started = new CompletableFuture<>();
        starts.add(started);
        new Thread(() -> start(server, started), "start " + server.title()).start();
      }
      CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      close();
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void start(EmbeddedServer server, CompletableFuture<Void> started) {
    try {
      server.start();
      progress.accept(
          "%-17s %s, after %.1f s"
              .formatted(server.title(), server.address(), seconds(server.startTime())));
      started.complete(null);
    } catch (RuntimeException e) {
      started.completeExceptionally(e);
    }
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /** Stops the servers in an orderly way, the broker first, so that nobody writes any more. */
  @Override
  public void close() {
    stopAll();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException shuttingDown) {
      progress.accept("Stopped with the JVM");
    }
  }

  private synchronized void stopAll() {
    if (closed) {
      return;
    }
    closed = true;
    for (EmbeddedServer server : List.of(kafka, postgres, s3)) {
      server.retire();
    }
    directory.close();
  }
}
