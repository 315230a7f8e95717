package io.thorax.stack;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;

/**
 * A Kafka broker with its controller in one JVM (KRaft).
 *
 * <p>What a kill proves. The broker calls fsync after every appended batch ({@code
 * log.flush.interval.messages=1}) and the metadata log always does, so an acknowledged record
 * outlives {@link #kill()} and, as far as the disk tells the truth, a loss of power. A kill of the
 * process alone proves less than that: the page cache survives it, so a missing fsync would not
 * show. With one replica {@code acks=all} means this broker only; the loss of a disk is not
 * covered.
 */
public final class KafkaServer extends EmbeddedServer {
  private static final Kind KIND =
      new Kind(
          "kafka", "Kafka broker", StackProperties.KAFKA_PORT, StackProperties.KAFKA_BOOTSTRAP);

  private static final String MAIN = "kafka.Kafka";
  private static final String FORMAT = "kafka.tools.StorageTool";
  private static final int TIMEOUT_MILLIS = 15_000;

  /**
   * The jars of the test class path that the broker needs: a tenth of them, so it starts faster.
   */
  private static final Pattern JARS =
      Pattern.compile(
          "(kafka|scala|jackson|slf4j|jboss-logmanager|smallrye-common|parsson|jakarta\\.json-api"
              + "|log4j-api|jopt-simple|argparse4j|jose4j|metrics-core|caffeine|zstd-jni|lz4-java"
              + "|snappy-java|HdrHistogram|pcollections|re2j|protobuf-java|commons)[-_].*");

  private final String bootstrapServers;
  private final Map<String, Integer> topics;
  private int controllerPort;

  KafkaServer(Home home, int port, Optional<String> external, Map<String, Integer> topics) {
    super(KIND, home, port, external.isPresent());
    this.bootstrapServers = external.orElseGet(() -> Ports.HOST + ":" + port);
    this.topics = Map.copyOf(topics);
  }

  /** For clients: {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Creates those that do not exist yet; those that do keep their partitions. */
  public void createTopics(Map<String, Integer> partitionsByName) {
    try (Admin admin = admin()) {
      Set<String> existing = admin.listTopics().names().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
      Collection<NewTopic> missing =
          partitionsByName.entrySet().stream()
              .filter(topic -> !existing.contains(topic.getKey()))
              .map(t -> new NewTopic(t.getKey(), Optional.of(t.getValue()), Optional.empty()))
              .toList();
      admin.createTopics(missing).all().get(home().patience().toMillis(), TimeUnit.MILLISECONDS);
      awaitLeaders(admin, partitionsByName.keySet());
    } catch (Exception e) {
      throw new IllegalStateException("cannot create topics: " + e.getMessage(), e);
    }
  }

  private void awaitLeaders(Admin admin, Collection<String> names) throws Exception {
    long deadline = System.nanoTime() + home().patience().toNanos();
    while (!haveLeaders(admin, names)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("partitions without a leader among " + names);
      }
      Pause.briefly();
    }
  }

  private static boolean haveLeaders(Admin admin, Collection<String> names) throws Exception {
    try {
      return admin
          .describeTopics(names)
          .allTopicNames()
          .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
          .values()
          .stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(partition -> partition.leader() != null && !partition.leader().isEmpty());
    } catch (java.util.concurrent.ExecutionException e) {
      return false;
    }
  }

  /** A client to ask or change the broker; the caller closes it. */
  public Admin admin() {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS));
  }

  @Override
  List<String> prepare() throws IOException {
    if (controllerPort == 0 || !Ports.isFree(controllerPort)) {
      controllerPort = Ports.free();
    }
    Path settings = data().resolve("server.properties");
    Path log = data().resolve("data");
    Files.createDirectories(data());
    Files.writeString(settings, settings(log));
    if (!Files.exists(log.resolve("meta.properties"))) {
      String cluster = Uuid.randomUuid().toString();
      Commands.run(
          command(
              FORMAT, "format", "--ignore-formatted", "-t", cluster, "-c", settings.toString()));
    }
    return command(MAIN, settings.toString());
  }

  private static List<String> command(String main, String... arguments) {
    String classPath =
        StackFiles.testClassPath().stream()
            .filter(jar -> JARS.matcher(jar.getFileName().toString()).matches())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        new ArrayList<>(
            List.of(
                Commands.java(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                classPath,
                main));
    command.addAll(List.of(arguments));
    return command;
  }

  /**
   * The session timeout is short because a broker that was killed is taken back only when its last
   * session is over; the election timeout because there is nobody to elect but itself.
   */
  private String settings(Path log) {
    return """
        process.roles=broker,controller
        node.id=1
        listeners=PLAINTEXT://%1$s:%2$d,CONTROLLER://%1$s:%3$d
        advertised.listeners=PLAINTEXT://%1$s:%2$d
        controller.listener.names=CONTROLLER
        controller.quorum.voters=1@%1$s:%3$d
        controller.quorum.election.timeout.ms=200
        broker.session.timeout.ms=3000
        broker.heartbeat.interval.ms=500
        log.dirs=%4$s
        log.flush.interval.messages=1
        auto.create.topics.enable=false
        default.replication.factor=1
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=8
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=2
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        group.initial.rebalance.delay.ms=0
        """
        .formatted(Ports.HOST, port(), controllerPort, log);
  }

  @Override
  void probe() throws Exception {
    try (Admin admin = admin()) {
      if (admin.describeCluster().nodes().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS).isEmpty()) {
        throw new IllegalStateException("no broker has registered yet");
      }
    }
  }

  @Override
  void afterStart() {
    createTopics(topics);
  }

  @Override
  public String address() {
    return bootstrapServers();
  }
}
