package io.thorax.workflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.thorax.dataset.AssembledDataset;
import io.thorax.dataset.CatalogueEntry;
import io.thorax.dataset.PixelCache;
import io.thorax.dataset.Split;
import io.thorax.objectstore.ObjectStore;
import io.thorax.objectstore.ObjectStoreConfig;
import io.thorax.persistence.DatabaseBridge;
import io.thorax.persistence.ModelRecord;
import io.thorax.persistence.ModelRepository;
import io.thorax.persistence.Promotion;
import io.thorax.persistence.RunRepository;
import io.thorax.persistence.WorkItem;
import io.thorax.study.Identifiers;
import io.thorax.study.Outcome;
import io.thorax.study.Sha256;
import io.thorax.training.KeptCheckpoints;
import io.thorax.training.TrainedModel;
import io.thorax.training.Trainer;
import io.thorax.training.TrainerSettings;
import io.thorax.training.TrainingCancelled;
import io.thorax.training.TrainingConfig;
import io.thorax.training.TrainingData;
import io.thorax.training.TrainingListener;
import io.thorax.training.TrainingMetrics;
import io.thorax.workflow.Outages.Server;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Trains one network of a run and stores its bundle. A worker that dies leaves a checkpoint of each
 * epoch behind, from which another goes on.
 */
@ApplicationScoped
public class TrainTrial implements LongTask {
  static final String KIND = "trial";
  private static final String TOPIC = "training.requested";

  private final DatasetShelf shelf;
  private final ObjectStore store;
  private final ObjectStoreConfig storeConfig;
  private final RunRepository runs;
  private final ModelRepository models;
  private final BundleStore bundles;
  private final DatabaseBridge database;
  private final TrainingConfig config;
  private final TrainingMetrics meters;
  private final ProgressEvents events;
  private final Outages outages;
  private final ObjectMapper json;

  TrainTrial(
      DatasetShelf shelf,
      ObjectStore store,
      ObjectStoreConfig storeConfig,
      RunRepository runs,
      ModelRepository models,
      BundleStore bundles,
      DatabaseBridge database,
      TrainingConfig config,
      TrainingMetrics meters,
      ProgressEvents events,
      Outages outages,
      ObjectMapper json) {
    this.shelf = shelf;
    this.store = store;
    this.storeConfig = storeConfig;
    this.runs = runs;
    this.models = models;
    this.bundles = bundles;
    this.database = database;
    this.config = config;
    this.meters = meters;
    this.events = events;
    this.outages = outages;
    this.json = json;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String work(WorkItem item, TaskControl control) {
    TrialSpec spec = Requests.read(json, item.specJson(), TrialSpec.class);
    outages.waitOutBlocking(
        Server.DATABASE, control, () -> database.await(() -> runs.started(spec.run())));
    TrainedModel trained = train(spec, control);
    ModelRecord model = bundles.store(spec, trained, control);
    Outcome.TrainingCompleted outcome =
        new Outcome.TrainingCompleted(
            spec.run(),
            spec.name(),
            spec.trial(),
            model.digest(),
            TrialMetrics.of(trained.validation()),
            trained.test().map(TrialMetrics::of).orElse(Map.of()),
            model.artifacts());
    outages.waitOutBlocking(
        Server.DATABASE, control, () -> database.await(() -> models.save(model)));
    return Requests.json(json, outcome);
  }

  /** Behind the fence: a worker that lost its trial moves no alias. */
  @Override
  public void settle(WorkItem item, String resultJson) {
    TrialSpec spec = Requests.read(json, item.specJson(), TrialSpec.class);
    Sha256 model = Requests.read(json, resultJson, Outcome.TrainingCompleted.class).model();
    Optional<Promotion> promotion =
        spec.promote().map(alias -> new Promotion(alias, model, "training run " + spec.run()));
    outages.waitOutBlocking(
        Server.DATABASE,
        () -> database.await(() -> runs.finish(spec.run(), resultJson, promotion)));
  }

  private TrainedModel train(TrialSpec spec, TaskControl control) {
    AssembledDataset dataset = shelf.open(spec.plan().subject().dataset(), control);
    try (PixelCache pixels = shelf.pixels(dataset, spec.plan().subject().input(), control)) {
      return new Trainer(TrainerSettings.of(config))
          .train(
              spec.plan(),
              data(dataset, pixels),
              new KeptCheckpoints(
                  new StoredCheckpoints(
                      new WaitingStore(store, storeConfig.artifactsBucket(), outages, control),
                      storeConfig.artifactsBucket(),
                      spec.run(),
                      spec.trial())),
              TrainingListener.all(List.of(meters, new TrialProgress(spec, events, control, json))),
              control::stopRequested);
    } catch (TrainingCancelled e) {
      throw new TaskStopped(e.getMessage());
    }
  }

  private static TrainingData data(AssembledDataset dataset, PixelCache pixels) {
    Map<String, String> sources =
        dataset.catalogue().entries().stream()
            .collect(
                Collectors.toMap(
                    entry -> entry.sha256().hex(),
                    (CatalogueEntry entry) -> entry.source().wireName(),
                    (first, second) -> first));
    return new TrainingData(
        pixels.split(Split.TRAIN),
        pixels.split(Split.VAL),
        pixels.split(Split.TEST),
        id -> Optional.ofNullable(sources.get(id)));
  }

  /** The id of a trial's row. */
  static UUID item(UUID run, int trial) {
    return Identifiers.of(KIND, run + ":" + trial);
  }

  @Override
  public Outcome outcome(WorkItem item, String resultJson) {
    return Requests.read(json, resultJson, Outcome.TrainingCompleted.class);
  }

  @Override
  public Outcome failed(WorkItem item, String cause) {
    TrialSpec spec = Requests.read(json, item.specJson(), TrialSpec.class);
    outages.waitOutBlocking(
        Server.DATABASE, () -> database.await(() -> runs.fail(spec.run(), cause)));
    return new Outcome.RequestFailed(spec.requestId(), TOPIC, cause, false);
  }
}
