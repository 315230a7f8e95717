package io.thorax.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thorax.client.EventLog;
import io.thorax.client.EventLog.Event;
import io.thorax.client.ThoraxClient;
import io.thorax.stack.EmbeddedStack;
import io.thorax.stack.ServiceProcess;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The whole way on real servers, with one command: assemble a data set, train, promote, read
 * X-rays. Status 0 only if every step held.
 */
public final class Quickstart {
  private static final String UPLOADS = "xrays";
  private static final List<String> TOPICS =
      List.of(
          "xray.classified",
          "xray.rejected",
          "dataset.assembled",
          "training.progressed",
          "training.completed",
          "request.failed",
          "dead-letter");
  private static final Pattern STARTED = Pattern.compile("Listening on");
  private static final Duration ASSEMBLY = Duration.ofMinutes(30);
  private static final Duration TRAINING = Duration.ofMinutes(60);
  private static final Duration READING = Duration.ofMinutes(2);

  private final QuickstartOptions options;
  private final ThoraxClient client;
  private final EventLog log;
  private final DemoData data;

  private Quickstart(QuickstartOptions options, ThoraxClient client, EventLog log, DemoData data) {
    this.options = options;
    this.client = client;
    this.log = log;
    this.data = data;
  }

  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(QuickstartOptions.fromSystemProperties()) ? 0 : 1);
  }

  private static boolean run(QuickstartOptions options) throws InterruptedException {
    say("Starting Kafka, PostgreSQL and S3, data in .stack");
    try (EmbeddedStack stack =
        EmbeddedStack.builder().progress(line -> System.out.println("  " + line)).start()) {
      DemoData data = DemoData.make(options);
      say("Starting the service on " + options.serviceUrl());
      try (ServiceProcess service = service(stack, options, data);
          ThoraxClient client = new ThoraxClient(addresses(stack, options));
          EventLog log =
              new EventLog(stack.kafka().bootstrapServers(), TOPICS, Quickstart::progress)) {
        service.start();
        boolean held = new Quickstart(options, client, log, data).run(service);
        if (!options.exit()) {
          new CountDownLatch(1).await();
        }
        return held;
      }
    } catch (RuntimeException e) {
      System.err.println("The quick start did not get through: " + e.getMessage());
      return false;
    }
  }

  private boolean run(ServiceProcess service) {
    service.awaitLog(STARTED);
    String dataset = assemble();
    String model = train(dataset);
    say("Waiting until the model is warm");
    service.awaitReady();
    boolean held = read();
    say(String.format("Model %s is the champion. The service's log: %s", model, service.log()));
    System.out.println(NextSteps.text(options, client.addresses(), data.sample().toString()));
    return held;
  }

  private String assemble() {
    say("Assembling the data set from " + data.description());
    String id = client.send("dataset.requested", "quickstart", data.datasetRequest());
    Event assembled = awaitAnswer("dataset.assembled", id, "requestId", ASSEMBLY);
    System.out.println(data(assembled.data().path("summary")));
    return assembled.data().path("dataset").asText();
  }

  private String train(String dataset) {
    ObjectNode request = data.trainingRequest(dataset);
    say("Training: " + request.path("overrides"));
    String id = client.send("training.requested", "quickstart", request);
    Event completed =
        log.await(
                event ->
                    event.topic().equals("training.completed")
                            && event
                                .data()
                                .path("name")
                                .asText()
                                .equals(request.path("name").asText())
                        || failed(event, id),
                TRAINING)
            .orElseThrow(() -> new IllegalStateException("the training did not end in time"));
    requireSuccess(completed);
    System.out.println();
    say("Trained. Test set: " + Metrics.text(completed.data().path("testMetrics")));
    return completed.data().path("model").asText();
  }

  private boolean read() {
    say("Sending X-rays: as events and by REST, one of them corrupt");
    Map<String, Long> sent = new LinkedHashMap<>();
    int images = 0;
    for (DemoData.Upload upload : data.uploads()) {
      String key = upload.key();
      long before = System.nanoTime();
      if (upload.byRest()) {
        HttpResponse<String> response =
            client.post("/api/v1/images", upload.mediaType(), upload.content());
        if (response.statusCode() != 202) {
          System.err.println("POST answered " + response.statusCode() + ": " + response.body());
          return false;
        }
        key = client.json(response).path("image").path("key").asText();
        data.truth().storedAs(upload.key(), key);
      } else {
        client.put(UPLOADS, key, upload.content());
      }
      sent.put(key, before);
      if (!upload.byRest()) {
        client.send("xray.uploaded", key, ThoraxClient.upload(UPLOADS, key));
      }
      images++;
      pause();
    }
    return report(sent, images);
  }

  private boolean report(Map<String, Long> sent, int images) {
    long deadline = System.nanoTime() + READING.toNanos();
    while (answered(sent) < images && System.nanoTime() < deadline) {
      pause();
    }
    ResultTable table = new ResultTable(data.truth(), sent);
    int rejected = 0;
    for (Event event : log.events("xray.classified")) {
      if (sent.containsKey(event.data().path("image").path("key").asText())) {
        table.add(event);
      }
    }
    for (Event event : log.events("xray.rejected")) {
      if (sent.containsKey(event.data().path("image").path("key").asText())) {
        table.add(event);
        rejected++;
      }
    }
    System.out.println();
    System.out.println(table);
    System.out.println("  Research use only: not for diagnosis.");
    System.out.println();
    boolean held = answered(sent) == images && rejected == DemoData.CORRUPT;
    if (!held) {
      System.err.printf(
          Locale.ROOT,
          "%d of %d images answered, %d rejected (expected %d)%n",
          answered(sent),
          images,
          rejected,
          DemoData.CORRUPT);
    }
    return held;
  }

  private int answered(Map<String, Long> sent) {
    return (int)
        Stream.concat(log.events("xray.classified").stream(), log.events("xray.rejected").stream())
            .map(event -> event.data().path("image").path("key").asText())
            .filter(sent::containsKey)
            .distinct()
            .count();
  }

  private Event awaitAnswer(String topic, String requestId, String field, Duration timeout) {
    Optional<Event> answer =
        log.await(
            event ->
                event.topic().equals(topic) && event.data().path(field).asText().equals(requestId)
                    || failed(event, requestId),
            timeout);
    Event event =
        answer.orElseThrow(() -> new IllegalStateException("no " + topic + " within " + timeout));
    requireSuccess(event);
    return event;
  }

  private static boolean failed(Event event, String requestId) {
    return event.topic().equals("request.failed")
            && event.data().path("requestId").asText().equals(requestId)
        || event.topic().equals("dead-letter");
  }

  private static void requireSuccess(Event event) {
    if (event.topic().equals("request.failed") || event.topic().equals("dead-letter")) {
      throw new IllegalStateException(event.topic() + ": " + event.data());
    }
  }

  private static void progress(Event event) {
    if (event.topic().equals("training.progressed")) {
      JsonNode data = event.data();
      System.out.printf(
          Locale.ROOT,
          "%n  epoch %2d of %d   loss %.4f   val_loss %.4f   val_auc %.3f   %.0f images/s   %.0f s left",
          data.path("epoch").asInt(),
          data.path("epochs").asInt(),
          data.path("loss").asDouble(),
          data.path("metrics").path("val_loss").asDouble(),
          data.path("metrics").path("val_auc").asDouble(),
          data.path("imagesPerSecond").asDouble(),
          data.path("secondsLeft").asDouble());
    }
  }

  private static ServiceProcess service(
      EmbeddedStack stack, QuickstartOptions options, DemoData data) {
    return stack
        .service("quickstart")
        .httpPort(options.servicePort())
        .set("thorax.dataset.allowed-roots", data.root().toString())
        .build();
  }

  private static ThoraxClient.Addresses addresses(EmbeddedStack stack, QuickstartOptions options) {
    return new ThoraxClient.Addresses(
        stack.kafka().bootstrapServers(),
        stack.s3().endpoint(),
        stack.s3().accessKey(),
        stack.s3().secretKey(),
        options.serviceUrl());
  }

  private static String data(JsonNode summary) {
    return String.format(
        Locale.ROOT,
        "  %d images in %d groups, classes %s, sources %s, left out %s",
        summary.path("images").asInt(),
        summary.path("groups").asInt(),
        summary.path("classes"),
        summary.path("sources"),
        summary.path("leftOut"));
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(String text) {
    System.out.println("• " + text);
    System.out.flush();
  }
}
