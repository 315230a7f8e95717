package io.thorax.bench;

import io.thorax.client.EventLog;
import io.thorax.client.EventLog.Event;
import io.thorax.client.ThoraxClient;
import io.thorax.model.ModelBundle;
import io.thorax.model.ModelManifest;
import io.thorax.stack.EmbeddedStack;
import io.thorax.stack.PostgresServer;
import io.thorax.stack.ServiceProcess;
import io.thorax.synthetic.PictureWriter;
import io.thorax.synthetic.SyntheticRadiograph;
import io.thorax.synthetic.SyntheticRadiograph.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The whole way from an event in Kafka to a result that is stored and published, on real servers,
 * which share the processors with the service. A backlog of events is counted between the first and
 * the last result; then events come one by one.
 */
final class PipelineBenchmark {
  private static final int[] SIDES = {512, 1024};
  private static final int DISTINCT = 24;

  /** The first minute belongs to the JVM's compilers, which take a quarter of the processors. */
  private static final int WARM_UP = 1280;

  private static final int BACKLOG = 960;

  /** Enough for a 99th percentile that is not the slowest of all. */
  private static final int LONE = 300;

  private static final String BUCKET = "xrays";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private PipelineBenchmark() {}

  /**
   * What was measured.
   *
   * @param side rows and columns of the JPEG files
   * @param bareImagesPerSecond of the folded network alone at the same batch, in the same run
   */
  record Result(
      int side,
      double eventsPerSecond,
      double bareImagesPerSecond,
      double p50Millis,
      double p99Millis) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "pipeline, JPEG of %d x %d: %.2f events/s, %.2f of the bare network's %.2f images/s at"
              + " batch 32; a lone event: p50 %.0f ms, p99 %.0f ms",
          side,
          side,
          eventsPerSecond,
          eventsPerSecond / bareImagesPerSecond,
          bareImagesPerSecond,
          p50Millis,
          p99Millis);
    }
  }

  static List<Result> measure(Path bundle, double bareImagesPerSecond) {
    try (EmbeddedStack stack =
            EmbeddedStack.builder()
                .directory(Path.of("target", "stack", "bench"))
                .freePorts()
                .clean(true)
                .progress(line -> {})
                .start();
        ServiceProcess service =
            stack.service("bench").roles("classify", "api").maximumHeap("1g").build();
        ThoraxClient client = client(stack, service)) {
      service.start();
      service.awaitLog(Pattern.compile("Listening on"));
      promote(stack, client, bundle);
      service.awaitReady();
      try (EventLog log =
          new EventLog(stack.kafka().bootstrapServers(), List.of("xray.classified"))) {
        putImages(client, SIDES[0]);
        backlog(client, log, SIDES[0], WARM_UP);
        List<Result> results = new ArrayList<>();
        for (int side : SIDES) {
          putImages(client, side);
          double eventsPerSecond = backlog(client, log, side, BACKLOG);
          List<Double> lone = lone(client, log, side);
          results.add(
              new Result(
                  side,
                  eventsPerSecond,
                  bareImagesPerSecond,
                  lone.get(lone.size() / 2),
                  lone.get((int) Math.ceil(0.99 * lone.size()) - 1)));
        }
        return results;
      }
    }
  }

  private static ThoraxClient client(EmbeddedStack stack, ServiceProcess service) {
    return new ThoraxClient(
        new ThoraxClient.Addresses(
            stack.kafka().bootstrapServers(),
            stack.s3().endpoint(),
            stack.s3().accessKey(),
            stack.s3().secretKey(),
            service.uri().toString()));
  }

  private static void putImages(ThoraxClient client, int side) {
    for (int i = 0; i < DISTINCT; i++) {
      Finding finding = i % 2 == 0 ? Finding.NORMAL : Finding.COVID_19;
      byte[] jpeg = PictureWriter.jpeg(SyntheticRadiograph.of(finding, i, side), 0.9);
      client.put(BUCKET, key(side, i), jpeg);
    }
  }

  private static String key(int side, int i) {
    return "bench/" + side + "/" + i % DISTINCT + ".jpg";
  }

  /** Events a second between the first and the last result of a backlog. */
  private static double backlog(ThoraxClient client, EventLog log, int side, int events) {
    int before = log.count();
    for (int i = 0; i < events; i++) {
      var unused =
          client.sendLater(
              ThoraxClient.binary(
                  "xray.uploaded",
                  "study-" + i,
                  UUID.randomUUID().toString(),
                  ThoraxClient.upload(BUCKET, key(side, i))));
    }
    await(log, before + events);
    List<Event> results = log.events("xray.classified").subList(before, before + events);
    long first = results.get(0).receivedNanos();
    long last = results.get(events - 1).receivedNanos();
    long inFirstBurst =
        results.stream().filter(event -> event.receivedNanos() - first < 50_000_000).count();
    return (events - inFirstBurst) / ((last - first) / 1e9);
  }

  private static List<Double> lone(ThoraxClient client, EventLog log, int side) {
    int before = log.count();
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < LONE; i++) {
      long sent = System.nanoTime();
      client.send("xray.uploaded", "lone-" + i, ThoraxClient.upload(BUCKET, key(side, i)));
      await(log, before + i + 1);
      millis.add((log.events("xray.classified").get(before + i).receivedNanos() - sent) / 1e6);
    }
    return millis.stream().sorted().toList();
  }

  private static void await(EventLog log, int count) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (log.count() < count) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(log.count() + " of " + count + " results");
      }
      log.awaitMore(Duration.ofMillis(500));
    }
  }

  /** There is no import of models yet: the rows are written as the training writes them. */
  private static void promote(EmbeddedStack stack, ThoraxClient client, Path bundle) {
    ModelManifest manifest = ModelBundle.verify(bundle);
    Map<String, byte[]> files = new HashMap<>();
    try {
      for (String file : manifest.files().keySet()) {
        files.put(file, Files.readAllBytes(bundle.resolve(file)));
      }
      files.put(ModelBundle.MANIFEST, Files.readAllBytes(bundle.resolve(ModelBundle.MANIFEST)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.forEach(
        (file, content) ->
            client.put("thorax", "models/" + manifest.digest() + "/" + file, content));
    PostgresServer.Database database = stack.postgres().database();
    try (Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
      insert(
          connection,
          "insert into model (digest, name, manifest, artifacts, created_at)"
              + " values (?, 'benchmark', cast(? as jsonb), '{}', now())",
          manifest.digest().hex(),
          manifest.toJson());
      insert(
          connection,
          "insert into model_alias (alias, revision, model_digest, reason)"
              + " values ('champion', 1, ?, ?)",
          manifest.digest().hex(),
          "benchmark");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void insert(Connection connection, String statement, String... values)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(statement)) {
      for (int i = 0; i < values.length; i++) {
        insert.setString(i + 1, values[i]);
      }
      insert.executeUpdate();
    }
  }
}
