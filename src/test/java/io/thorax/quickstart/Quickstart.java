package io.thorax.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thorax.client.EventLog;
import io.thorax.client.EventLog.Event;
import io.thorax.client.ThoraxClient;
import io.thorax.stack.EmbeddedStack;
import io.thorax.stack.ServiceProcess;
import io.thorax.study.RequestId;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.regex.Pattern;

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
              EventLog.fromNow(stack.kafka().bootstrapServers(), TOPICS, Quickstart::progress)) {
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
    awaitInUse(model);
    boolean held = read();
    say(String.format("Model %s is the champion. The service's log: %s", model, service.log()));
    System.out.println(NextSteps.text(options, client.addresses(), data.sample().toString()));
    return held;
  }

  private String assemble() {
    say("Assembling the data set from " + data.description());
    String id = client.send("dataset.requested", "quickstart", data.datasetRequest());
    Event assembled =
        awaitAnswer(
            "dataset.assembled", id, event -> event.data().path("requestId").asText().equals(id));
    System.out.println(data(assembled.data().path("summary")));
    return assembled.data().path("dataset").asText();
  }

  private String train(String dataset) {
    ObjectNode request = data.trainingRequest(dataset);
    say("Training: " + request.path("overrides"));
    String id = client.send("training.requested", "quickstart", request);
    String run = new RequestId(ThoraxClient.SOURCE, id).derive("run").toString();
    Event completed = awaitAnswer("training.completed", id, event -> event.key().equals(run));
    System.out.println();
    say("Trained. Test set: " + Metrics.text(completed.data().path("testMetrics")));
    return completed.data().path("model").asText();
  }

  /**
   * On servers with data of an earlier run the champion of then reads until the new one is warm.
   */
  private void awaitInUse(String model) {
    long deadline = System.nanoTime() + READING.toNanos();
    while (!client.get("/q/metrics").body().contains("digest=\"" + model + "\"")) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("model " + model + " is not in use in time");
      }
      pause();
    }
  }

  private boolean read() {
    say("Sending X-rays: as events and by REST, one of them corrupt");
    Readings readings = new Readings(log);
    for (DemoData.Upload upload : data.uploads()) {
      long before = System.nanoTime();
      if (upload.byRest()) {
        HttpResponse<String> response =
            client.post("/api/v1/images", upload.mediaType(), upload.content());
        if (response.statusCode() != 202) {
          System.err.println("POST answered " + response.statusCode() + ": " + response.body());
          return false;
        }
        String key = client.json(response).path("image").path("key").asText();
        data.truth().storedAs(upload.key(), key);
        readings.sent(key, client.json(response).path("eventId").asText(), before);
      } else {
        client.put(UPLOADS, upload.key(), upload.content());
        String id =
            client.send("xray.uploaded", upload.key(), ThoraxClient.upload(UPLOADS, upload.key()));
        readings.sent(upload.key(), id, before);
      }
      pause();
    }
    return report(readings);
  }

  private boolean report(Readings readings) {
    long deadline = System.nanoTime() + READING.toNanos();
    while (!readings.complete() && System.nanoTime() < deadline) {
      pause();
    }
    ResultTable table = new ResultTable(data.truth(), readings.sentNanos());
    readings.results().forEach(table::add);
    System.out.println();
    System.out.println(table);
    System.out.println("  Research use only: not for diagnosis.");
    System.out.println();
    boolean held = readings.allAnswered() && readings.rejected() == DemoData.CORRUPT;
    if (!held) {
      System.err.printf(Locale.ROOT, "%s; %d were to be rejected%n", readings, DemoData.CORRUPT);
    }
    return held;
  }

  private Event awaitAnswer(String topic, String requestId, Predicate<Event> isAnswer) {
    Duration timeout = topic.equals("training.completed") ? TRAINING : ASSEMBLY;
    Event event =
        log.await(
                candidate ->
                    candidate.topic().equals(topic) && isAnswer.test(candidate)
                        || failed(candidate, requestId),
                timeout)
            .orElseThrow(() -> new IllegalStateException("no " + topic + " within " + timeout));
    if (!event.topic().equals(topic)) {
      throw new IllegalStateException(event.topic() + ": " + event.data());
    }
    return event;
  }

  /** A dead letter has the id of the event that it was. */
  private static boolean failed(Event event, String requestId) {
    return event.topic().equals("request.failed")
            && event.data().path("requestId").asText().equals(requestId)
        || event.topic().equals("dead-letter") && requestId.equals(event.id());
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
