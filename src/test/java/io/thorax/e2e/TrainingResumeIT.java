package io.thorax.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thorax.client.EventLog.Event;
import io.thorax.client.ThoraxClient;
import io.thorax.objectstore.ObjectStore;
import io.thorax.objectstore.TestObjectStores;
import io.thorax.stack.ServiceProcess;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A training outlives the process that runs it. */
class TrainingResumeIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int EPOCHS = 5;

  /** Into an epoch, when the checkpoint of the one before has long been stored. */
  private static TrainedStack stack;

  private static ServiceProcess one;
  private static ServiceProcess other;
  private static ThoraxClient clientOfOne;
  private static ThoraxClient client;

  @BeforeAll
  static void makeWorkers() {
    stack = TrainedStack.shared();
    one = worker("one");
    other = worker("other");
    clientOfOne = stack.client(one);
    client = stack.client(other);
  }

  @BeforeEach
  void bothRun() {
    List<ServiceProcess> dead =
        Stream.of(one, other).filter(worker -> !worker.isRunning()).toList();
    dead.forEach(ServiceProcess::start);
    dead.forEach(ServiceProcess::awaitReady);
  }

  private static ServiceProcess worker(String name) {
    return stack
        .service("worker-" + name)
        .roles("train", "api")
        .set("thorax.workflow.lease", "5s")
        .set("thorax.workflow.checkpoint-sweep-interval", "1s")
        .build();
  }

  @AfterAll
  static void stopWorkers() {
    Stream.of(clientOfOne, client).filter(open -> open != null).forEach(ThoraxClient::close);
    Stream.of(one, other).filter(worker -> worker != null).forEach(ServiceProcess::close);
  }

  @Test
  void killedTrainingGoesOnFromItsEpochInAnotherProcess() {
    String id = client.send("training.requested", "resumed", training("resumed", EPOCHS));
    String run = awaitEpoch("resumed", 1).data().path("run").asText();
    String killedWorker = trial(other, run).path("worker").asText();
    awaitEpoch("resumed", 2);
    ServiceProcess killed = worksAs(one, killedWorker) ? one : other;
    killed.awaitLog(Pattern.compile("epoch 2 is checkpointed")); // beside epoch 3's first steps
    ServiceProcess survivor = killed == one ? other : one;
    assertTrue(worksAs(killed, killedWorker), killedWorker);
    long killedAt = System.nanoTime();
    killed.kill();
    Event completed =
        stack.log().await(event -> ofRun(event, "training.completed", run), PATIENCE).orElseThrow();

    List<Integer> epochs =
        stack.log().events("training.progressed").stream()
            .filter(event -> event.data().path("run").asText().equals(run))
            .map(event -> event.data().path("epoch").asInt())
            .toList();
    System.out.printf(
        "Killed in epoch 3, completed %.1f s later; epochs told of: %s%n",
        (completed.receivedNanos() - killedAt) / 1e9, epochs);
    assertEquals(IntStream.rangeClosed(1, EPOCHS).boxed().toList(), epochs, "no restart from 1");
    String successor = trial(survivor, run).path("worker").asText();
    assertNotEquals(killedWorker, successor);
    assertTrue(worksAs(survivor, successor), successor);
    assertTrue(
        survivor.logSinceStart().contains("going on from the checkpoint of epoch 2"),
        "from the start of epoch 3");
    assertTrue(completed.data().path("validationMetrics").has("auc"), completed.toString());
    assertEquals("FINISHED", state(survivor, run));

    repeatedRequestMakesNoSecondRun(id, run);
  }

  private void repeatedRequestMakesNoSecondRun(String id, String run) {
    client.send("training.requested", "resumed", id, training("resumed", EPOCHS));
    // what is asked for after it is answered after it
    String later =
        client.send("training.requested", "resumed", training("none", 1).put("dataset", "none"));
    stack
        .log()
        .await(
            event ->
                event.topic().equals("request.failed")
                    && event.data().path("requestId").asText().equals(later),
            PATIENCE)
        .orElseThrow();
    assertEquals(Set.of(run), stack.rows().runs("resumed"));
    assertEquals(
        1,
        stack.log().events("training.completed").stream()
            .filter(event -> ofRun(event, "training.completed", run))
            .count());
  }

  @Test
  void aWorkerThatEndsInTheMidstOfAnEpochGivesItsTrainingBackAndLeavesNothingBehind() {
    client.send("training.requested", "moved", training("moved", EPOCHS));
    String run = awaitEpoch("moved", 1).data().path("run").asText();
    String first = trial(other, run).path("worker").asText();
    ServiceProcess ending = worksAs(one, first) ? one : other;
    ending.awaitLog(Pattern.compile("epoch 1 is checkpointed")); // beside epoch 2's first steps
    ServiceProcess survivor = ending == one ? other : one;

    assertTrue(ending.terminate(), "it ends by itself");

    String said = ending.logSinceStart();
    assertTrue(said.contains("stops: CLOSING"), said);
    assertFalse(said.contains("fatal error"), "TensorFlow was torn down under a step");
    stack.log().await(event -> ofRun(event, "training.completed", run), PATIENCE).orElseThrow();
    assertTrue(worksAs(survivor, trial(survivor, run).path("worker").asText()));
    ObjectStore store = TestObjectStores.on(stack.servers().s3());
    await(
        "checkpoints of a finished trial are still there",
        () -> Optional.of(store.list("thorax", "runs/" + run + "/")).filter(List::isEmpty));
  }

  @Test
  void runningAndWaitingTrainingsAreCancelled() {
    for (String name : List.of("long-1", "long-2", "long-3")) {
      client.send("training.requested", name, training(name, 200));
    }
    String byRest = awaitEpoch("long-1", 1).data().path("run").asText();
    String byEvent = awaitEpoch("long-2", 1).data().path("run").asText();
    String waiting = runCalled("long-3");
    assertEquals("WAITING", state(other, waiting));

    assertEquals(
        200,
        client
            .post("/api/v1/training-runs/" + waiting + "/cancel", "application/json", new byte[0])
            .statusCode());
    assertEquals(
        200,
        client
            .post("/api/v1/training-runs/" + byRest + "/cancel", "application/json", new byte[0])
            .statusCode());
    client.send(
        "training.requested", byEvent, ThoraxClient.JSON.createObjectNode().put("cancel", byEvent));
    for (String run : List.of(byRest, byEvent, waiting)) {
      awaitState(run, "CANCELLED");
      awaitTrialCancelled(run); // its worker hears of it with a heartbeat
    }
    Pauses.of(Duration.ofSeconds(1)); // what was published before that arrives
    long after = stack.log().events("training.progressed").size();
    Pauses.of(Duration.ofSeconds(3));
    assertEquals(after, stack.log().events("training.progressed").size(), "they have stopped");
  }

  private Event awaitEpoch(String name, int epoch) {
    String run = runCalled(name);
    return stack
        .log()
        .await(
            event ->
                ofRun(event, "training.progressed", run)
                    && event.data().path("epoch").asInt() == epoch,
            PATIENCE)
        .orElseThrow(() -> new AssertionError(name + " did not reach epoch " + epoch));
  }

  private static String runCalled(String name) {
    return await("no run " + name, () -> stack.rows().runs(name).stream().findFirst());
  }

  private static void awaitState(String run, String state) {
    await(
        run + " is not " + state,
        () -> Optional.of(state(other, run)).filter(now -> now.equals(state)));
  }

  private static void awaitTrialCancelled(String run) {
    await(
        "the trial of " + run + " goes on",
        () ->
            Optional.of(trial(other, run).path("state").asText())
                .filter(now -> now.equalsIgnoreCase("CANCELLED")));
  }

  private static <T> T await(String missed, Supplier<Optional<T>> question) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      Pauses.of(Duration.ofMillis(100));
    }
    throw new AssertionError(missed);
  }

  private static boolean ofRun(Event event, String topic, String run) {
    return event.topic().equals(topic) && event.data().path("run").asText().equals(run);
  }

  private static boolean worksAs(ServiceProcess process, String worker) {
    return worker.startsWith(process.pid() + "-");
  }

  private static String state(ServiceProcess asked, String run) {
    return detail(asked, run).at("/run/state").asText().toUpperCase(Locale.ROOT);
  }

  private static JsonNode trial(ServiceProcess asked, String run) {
    return detail(asked, run).at("/trials/0");
  }

  private static JsonNode detail(ServiceProcess asked, String run) {
    ThoraxClient asking = asked == one ? clientOfOne : client;
    return asking.json(asking.get("/api/v1/training-runs/" + run));
  }

  /** Epochs that take a few seconds. */
  private static ObjectNode training(String name, int epochs) {
    ObjectNode request = TrainedStack.training(stack.dataset(), name, 7);
    ObjectNode overrides = request.withObject("/overrides");
    overrides.putArray("IMG_DIM").add(160).add(160);
    overrides.put("INIT_FILTERS", 16).put("FILTER_EXP_BASE", 3).put("BATCH_SIZE", 4);
    overrides.put("EPOCHS", epochs).put("PATIENCE", 1000);
    return request;
  }
}
