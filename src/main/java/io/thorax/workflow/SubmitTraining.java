package io.thorax.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.thorax.dataset.AssembledDataset;
import io.thorax.dataset.ClassMode;
import io.thorax.dataset.DatasetRules;
import io.thorax.imaging.ImagingConfig;
import io.thorax.imaging.InputSpec;
import io.thorax.model.ModelConfig;
import io.thorax.persistence.DatasetRecord;
import io.thorax.persistence.DatasetRepository;
import io.thorax.persistence.NewWork;
import io.thorax.persistence.RunRepository;
import io.thorax.study.Failure;
import io.thorax.study.Outcome;
import io.thorax.study.RequestId;
import io.thorax.study.Sha256;
import io.thorax.training.ExperimentType;
import io.thorax.training.NetworkDefaults;
import io.thorax.training.TrainingConfig;
import io.thorax.training.TrainingPlan;
import io.thorax.training.TrainingSubject;
import io.thorax.workflow.Outages.Server;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes a training on: the request is checked against the data set and the configuration and
 * becomes a run and its trials. One that is repeated makes no second run.
 */
@ApplicationScoped
public class SubmitTraining {
  private static final String TOPIC = "training.requested";

  private final DatasetRepository datasets;
  private final RunRepository runs;
  private final DatasetShelf shelf;
  private final TrainingConfig config;
  private final ModelConfig networks;
  private final ImagingConfig imaging;
  private final Outages outages;
  private final ObjectMapper json;
  private final Vertx vertx;

  SubmitTraining(
      DatasetRepository datasets,
      RunRepository runs,
      DatasetShelf shelf,
      TrainingConfig config,
      ModelConfig networks,
      ImagingConfig imaging,
      Outages outages,
      ObjectMapper json,
      Vertx vertx) {
    this.datasets = datasets;
    this.runs = runs;
    this.shelf = shelf;
    this.config = config;
    this.networks = networks;
    this.imaging = imaging;
    this.outages = outages;
    this.json = json;
    this.vertx = vertx;
  }

  /**
   * @param requestId of the event
   * @param data the event's: a {@link TrainingRequest}, or {@code {"cancel": run}}
   */
  public Uni<Result> request(RequestId requestId, JsonNode data) {
    if (data.hasNonNull("cancel")) {
      return cancel(requestId, data.get("cancel").asText());
    }
    TrainingRequest request;
    try {
      request = json.treeToValue(data, TrainingRequest.class);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return refused(requestId, Requests.reason(e));
    }
    return outages
        .waitOut(Server.DATABASE, () -> find(request.dataset()))
        .chain(
            found ->
                found.isPresent()
                    ? plan(requestId, request, found.get().digest())
                    : refused(requestId, "dataset: none is called " + request.dataset()));
  }

  private Uni<Result> cancel(RequestId requestId, String run) {
    try {
      UUID id = UUID.fromString(run);
      return outages
          .waitOut(Server.DATABASE, () -> runs.cancel(id).chain(() -> runs.find(id)))
          .chain(
              found ->
                  found.isPresent()
                      ? Uni.createFrom().item(new Result.Accepted())
                      : refused(requestId, "cancel: there is no run " + id));
    } catch (IllegalArgumentException e) {
      return refused(requestId, "cancel: not the id of a run: " + run);
    }
  }

  private Uni<Optional<DatasetRecord>> find(String nameOrDigest) {
    return Sha256.isValid(nameOrDigest)
        ? datasets.find(new Sha256(nameOrDigest))
        : datasets.findByName(nameOrDigest);
  }

  private Uni<Result> plan(RequestId requestId, TrainingRequest request, Sha256 dataset) {
    return vertx
        .executeBlocking(() -> trial(requestId, request, dataset), false)
        .chain(
            trial ->
                outages.waitOut(
                    Server.DATABASE,
                    () ->
                        runs.createIfAbsent(
                            trial.run(),
                            trial.name(),
                            Requests.json(json, trial),
                            List.of(work(trial)))))
        .<Result>map(done -> new Result.Accepted())
        .onFailure(IllegalArgumentException.class)
        .recoverWithUni(e -> refused(requestId, e.getMessage()))
        .onFailure(Failure.Rejected.class)
        .recoverWithUni(e -> refused(requestId, e.getMessage()));
  }

  private NewWork work(TrialSpec trial) {
    return new NewWork(
        TrainTrial.item(trial.run(), trial.trial()),
        TrainTrial.KIND,
        Optional.of(trial.run()),
        trial.trial(),
        Requests.json(json, trial));
  }

  /**
   * @throws IllegalArgumentException naming the key that is wrong
   */
  private TrialSpec trial(RequestId requestId, TrainingRequest request, Sha256 digest) {
    AssembledDataset dataset =
        outages.waitOutBlocking(Server.OBJECT_STORE, () -> shelf.open(digest));
    Map<String, Object> overrides = new HashMap<>(request.overrides());
    InputSpec input = InputOverrides.takeImageSize(imaging.inputSpec(), overrides);
    request.network().ifPresent(network -> overrides.put("model-def", network));
    request.experiment().ifPresent(experiment -> overrides.put("experiment-type", experiment));
    TrainingPlan plan =
        TrainingPlan.of(
            subject(dataset, input), config, networkDefaults(dataset.rules()), overrides);
    if (plan.experiment() != ExperimentType.SINGLE) {
      throw new IllegalArgumentException(
          "experiment: only single is run, not " + plan.experiment());
    }
    return new TrialSpec(
        requestId.derive("run"), requestId, request.name(), 0, plan, request.promote());
  }

  private static TrainingSubject subject(AssembledDataset dataset, InputSpec input) {
    DatasetRules rules = dataset.rules();
    return new TrainingSubject(
        dataset.digest(), rules.classMode(), rules.classes(), positiveClass(rules), input);
  }

  /** COVID-19, or the last class of a problem that has none. */
  private static String positiveClass(DatasetRules rules) {
    return rules.classes().stream()
        .filter(name -> name.toUpperCase(Locale.ROOT).startsWith("COVID"))
        .findFirst()
        .orElse(rules.classes().get(rules.classes().size() - 1));
  }

  private NetworkDefaults networkDefaults(DatasetRules rules) {
    ModelConfig.Network network =
        rules.classMode() == ClassMode.BINARY ? networks.dcnnBinary() : networks.dcnnMulticlass();
    return new NetworkDefaults(
        ModelConfig.networkSpec(network), ModelConfig.optimizerSpec(network));
  }

  private static Uni<Result> refused(RequestId requestId, String reason) {
    return Uni.createFrom()
        .item(new Result.Done(new Outcome.RequestFailed(requestId, TOPIC, reason, false)));
  }
}
