package io.thorax.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Settings of an {@link EmbeddedStack}. What is not set here comes from system properties, then
 * from the defaults:
 *
 * <table>
 *   <caption>System properties</caption>
 *   <tr><th>property</th><th>default</th><th></th></tr>
 *   <tr><td>stack.directory</td><td>.stack</td><td>data, logs and process ids</td></tr>
 *   <tr><td>stack.clean</td><td>false</td><td>empty the directory first</td></tr>
 *   <tr><td>stack.kafka.port</td><td>19092</td><td>0 takes any free port</td></tr>
 *   <tr><td>stack.postgres.port</td><td>15432</td><td></td></tr>
 *   <tr><td>stack.s3.port</td><td>19000</td><td></td></tr>
 *   <tr><td>stack.kafka.bootstrap</td><td></td><td>a running broker to use instead</td></tr>
 *   <tr><td>stack.postgres.url, .user, .password</td><td></td><td>a running database:
 *       postgresql://host:port/name</td></tr>
 *   <tr><td>stack.s3.endpoint, .access-key, .secret-key</td><td></td><td>a running store</td></tr>
 *   <tr><td>stack.patience.seconds</td><td>120</td><td>for a server to start or stop</td></tr>
 * </table>
 *
 * External addresses hold for every stack of the JVM, since only the one who runs it knows them.
 */
public final class EmbeddedStackBuilder {
  private static final int KAFKA_PORT = 19_092;
  private static final int POSTGRES_PORT = 15_432;
  private static final int S3_PORT = 19_000;
  private static final int PATIENCE_SECONDS = 120;

  private final Map<String, Integer> topics = new LinkedHashMap<>(Topics.PARTITIONS);
  private final Duration patience =
      Duration.ofSeconds(StackProperties.number(StackProperties.PATIENCE).orElse(PATIENCE_SECONDS));
  private Path directory = Path.of(StackProperties.get(StackProperties.DIRECTORY).orElse(".stack"));
  private boolean clean = Boolean.getBoolean(StackProperties.CLEAN);
  private int kafkaPort = StackProperties.number(StackProperties.KAFKA_PORT).orElse(KAFKA_PORT);
  private int postgresPort =
      StackProperties.number(StackProperties.POSTGRES_PORT).orElse(POSTGRES_PORT);
  private int s3Port = StackProperties.number(StackProperties.S3_PORT).orElse(S3_PORT);
  private List<String> buckets = List.of("thorax", "xrays");
  private Consumer<String> progress = System.out::println;
  private PostgresIdentity identity;

  EmbeddedStackBuilder() {}

  /** Relative to the module's directory. */
  public EmbeddedStackBuilder directory(Path newDirectory) {
    directory = newDirectory;
    return this;
  }

  public EmbeddedStackBuilder clean(boolean newClean) {
    clean = newClean;
    return this;
  }

  /** 0 takes any free port, which then stays the same over every kill and start. */
  public EmbeddedStackBuilder ports(int kafka, int postgres, int s3) {
    kafkaPort = kafka;
    postgresPort = postgres;
    s3Port = s3;
    return this;
  }

  public EmbeddedStackBuilder freePorts() {
    return ports(0, 0, 0);
  }

  /** One more topic, or other partitions for one of {@link Topics#PARTITIONS}. */
  public EmbeddedStackBuilder topic(String name, int partitions) {
    topics.put(name, partitions);
    return this;
  }

  /** Instead of the buckets {@code thorax} (artifacts) and {@code xrays} (incoming images). */
  public EmbeddedStackBuilder buckets(List<String> newBuckets) {
    buckets = List.copyOf(newBuckets);
    return this;
  }

  /** Where lines for people go; the default is the standard output. */
  public EmbeddedStackBuilder progress(Consumer<String> newProgress) {
    progress = newProgress;
    return this;
  }

  EmbeddedStackBuilder identity(PostgresIdentity newIdentity) {
    identity = newIdentity;
    return this;
  }

  /**
   * Returns when all servers serve.
   *
   * @throws IllegalStateException if a port is taken, another stack has the directory, or a server
   *     does not come up; the message says what to change or ends with the server's log
   */
  public EmbeddedStack start() {
    StackDirectory held = StackDirectory.open(StackFiles.baseDirectory().resolve(directory));
    try {
      held.endOrphans(progress);
      if (clean) {
        held.clean();
      }
      held.dropLogs();
      EmbeddedStack stack = build(held);
      Stream.of(stack.kafka(), stack.postgres(), stack.s3())
          .forEach(EmbeddedServer::requireFreePort);
      stack.start();
      return stack;
    } catch (RuntimeException e) {
      held.close();
      throw e;
    }
  }

  private EmbeddedStack build(StackDirectory held) {
    EmbeddedServer.Home home = held.home(patience);
    KafkaServer kafka =
        new KafkaServer(
            home, resolve(kafkaPort), StackProperties.get(StackProperties.KAFKA_BOOTSTRAP), topics);
    return new EmbeddedStack(held, home, kafka, postgres(home), s3(home), progress);
  }

  private PostgresServer postgres(EmbeddedServer.Home home) {
    Optional<String> url = StackProperties.get(StackProperties.POSTGRES_URL);
    if (url.isPresent()) {
      return PostgresServer.external(
          home,
          new PostgresServer.Database(
              url.get(),
              StackProperties.get(StackProperties.POSTGRES_USER).orElse(PostgresServer.USER),
              StackProperties.get(StackProperties.POSTGRES_PASSWORD)
                  .orElse(PostgresServer.PASSWORD)));
    }
    return PostgresServer.embedded(
        home, resolve(postgresPort), identity == null ? PostgresIdentity.detect() : identity);
  }

  private S3Server s3(EmbeddedServer.Home home) {
    return new S3Server(
        home,
        resolve(s3Port),
        StackProperties.get(StackProperties.S3_ENDPOINT),
        StackProperties.get(StackProperties.S3_ACCESS_KEY).orElse(S3Server.ACCESS_KEY),
        StackProperties.get(StackProperties.S3_SECRET_KEY).orElse(S3Server.SECRET_KEY),
        buckets);
  }

  private static int resolve(int port) {
    return port == 0 ? Ports.free() : port;
  }
}
