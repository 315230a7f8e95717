package io.thorax.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thorax.client.EventLog;
import io.thorax.client.EventLog.Event;
import io.thorax.client.ThoraxClient;
import io.thorax.stack.EmbeddedStack;
import io.thorax.stack.ServiceProcess;
import io.thorax.stack.ServiceProcessBuilder;
import io.thorax.stack.Topics;
import io.thorax.synthetic.PictureWriter;
import io.thorax.synthetic.SyntheticDicom;
import io.thorax.synthetic.SyntheticRadiograph;
import io.thorax.synthetic.SyntheticRadiograph.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Servers of their own for the tests of this package, with models that the service itself has
 * trained on them. Made once a JVM; whoever kills a server starts it again. Tests keep apart by the
 * prefixes of their images' keys.
 */
final class TrainedStack {
  static final String BUCKET = "xrays";
  static final Duration PATIENCE = Duration.ofSeconds(90);

  /** For a process to become ready, or to stop, on a busy machine. */
  private static final Duration SERVICE_PATIENCE = Duration.ofMinutes(3);

  private static final Pattern STARTED = Pattern.compile("Listening on");
  private static final int IMAGES_A_CLASS = 24;
  private static final int SIDE = 64;

  private final Path directory = Path.of("target", "e2e").toAbsolutePath();
  private final EmbeddedStack servers;
  private final EventLog log;
  private final Rows rows;
  private final String dataset;
  private final String champion;
  private final String challenger;
  private final String brittle;

  private static final class Shared {
    private static final TrainedStack STACK = new TrainedStack();
  }

  static TrainedStack shared() {
    return Shared.STACK;
  }

  private TrainedStack() {
    servers =
        EmbeddedStack.builder()
            .directory(directory.resolve("stack"))
            .freePorts()
            .clean(true)
            .start();
    log = new EventLog(servers.kafka().bootstrapServers(), List.copyOf(Topics.PARTITIONS.keySet()));
    rows = new Rows(servers.postgres().database());
    drawXrays();
    long begun = System.nanoTime();
    try (ServiceProcess trainer = service("trainer").roles("train", "dataset").build();
        ThoraxClient client = client(trainer)) {
      trainer.start();
      trainer.awaitLog(STARTED);
      dataset = assemble(client);
      champion = train(client, training(dataset, "champion", 1).put("promote", "champion"));
      challenger = train(client, training(dataset, "challenger", 2));
      brittle = train(client, training(dataset, "brittle", 3));
    }
    System.out.printf("Three models trained after %.1f s%n", (System.nanoTime() - begun) / 1e9);
  }

  EmbeddedStack servers() {
    return servers;
  }

  /** Everything that was published since the stack began. */
  EventLog log() {
    return log;
  }

  Rows rows() {
    return rows;
  }

  String dataset() {
    return dataset;
  }

  /** The digest of the model that the alias names. */
  String champion() {
    return champion;
  }

  /** The digest of a model that may be promoted. */
  String challenger() {
    return challenger;
  }

  /** The digest of a model for a test to damage. */
  String brittle() {
    return brittle;
  }

  ServiceProcessBuilder service(String name) {
    return servers
        .service(name)
        .patience(SERVICE_PATIENCE)
        .set("thorax.dataset.allowed-roots", xrays().toString())
        .set("thorax.dataset.work-directory", directory.resolve("pixels").toString())
        .set("thorax.inference.cache-directory", directory.resolve("models").toString());
  }

  /** The caller closes it. */
  ThoraxClient client(ServiceProcess service) {
    String http = service.uri().toString();
    return new ThoraxClient(
        new ThoraxClient.Addresses(
            servers.kafka().bootstrapServers(),
            servers.s3().endpoint(),
            servers.s3().accessKey(),
            servers.s3().secretKey(),
            http.substring(0, http.length() - 1)));
  }

  /** The data of a {@code training.requested} event for a network that takes seconds to train. */
  static ObjectNode training(String dataset, String name, int seed) {
    ObjectNode request = ThoraxClient.JSON.createObjectNode();
    request.put("name", name).put("dataset", dataset).put("experiment", "single");
    ObjectNode overrides = request.putObject("overrides");
    overrides.putArray("IMG_DIM").add(32).add(32);
    overrides.put("INIT_FILTERS", 4).put("FILTER_EXP_BASE", 2).put("NODES_DENSE0", 8);
    overrides.put("LR", 0.001).put("BATCH_SIZE", 8).put("seed", seed);
    overrides.put("EPOCHS", 2).put("PATIENCE", 10);
    return request;
  }

  private String assemble(ThoraxClient client) {
    ObjectNode request = ThoraxClient.JSON.createObjectNode();
    request.put("name", "e2e").put("valSplit", 0.2).put("testSplit", 0.2);
    request.putObject("sources").put("folder", xrays().toString());
    String id = client.send("dataset.requested", "e2e", request);
    return answer("dataset.assembled", id, "requestId").data().path("dataset").asText();
  }

  private String train(ThoraxClient client, ObjectNode request) {
    String name = request.path("name").asText();
    client.send("training.requested", name, request);
    return answer("training.completed", name, "name").data().path("model").asText();
  }

  private Event answer(String topic, String value, String field) {
    Event answer =
        log.await(
                event ->
                    event.topic().equals(topic) && event.data().path(field).asText().equals(value)
                        || event.topic().equals("request.failed")
                        || event.topic().equals("dead-letter"),
                PATIENCE)
            .orElseThrow(() -> new IllegalStateException("no " + topic + " in time"));
    if (!answer.topic().equals(topic)) {
      throw new IllegalStateException(answer.topic() + ": " + answer.data());
    }
    return answer;
  }

  private Path xrays() {
    return directory.resolve("drawn");
  }

  private void drawXrays() {
    for (int i = 0; i < IMAGES_A_CLASS; i++) {
      write("non-COVID-19", SyntheticRadiograph.of(Finding.NORMAL, i, SIDE));
      write("COVID-19", SyntheticRadiograph.of(Finding.COVID_19, IMAGES_A_CLASS + i, SIDE));
    }
  }

  private void write(String folder, SyntheticRadiograph radiograph) {
    boolean png = radiograph.seed() % 2 == 0;
    Path file = xrays().resolve(folder).resolve("p" + radiograph.seed() + (png ? ".png" : ".dcm"));
    try {
      Files.createDirectories(file.getParent());
      Files.write(
          file, png ? PictureWriter.png(radiograph) : SyntheticDicom.sixteenBit(radiograph));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
