package io.thorax.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.thorax.dataset.AssembledDataset;
import io.thorax.dataset.DatasetConfig;
import io.thorax.dataset.DatasetRequest;
import io.thorax.dataset.DatasetSpec;
import io.thorax.imaging.ImagingConfig;
import io.thorax.imaging.InputSpec;
import io.thorax.persistence.DatabaseBridge;
import io.thorax.persistence.DatasetRecord;
import io.thorax.persistence.DatasetRepository;
import io.thorax.persistence.NewWork;
import io.thorax.persistence.WorkItem;
import io.thorax.persistence.WorkQueue;
import io.thorax.study.Outcome;
import io.thorax.study.RequestId;
import io.thorax.workflow.Outages.Server;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a data set of raw X-rays: the request becomes a row, a worker assembles. */
@ApplicationScoped
public class AssembleDataset implements LongTask {
  private static final String TOPIC = "dataset.requested";

  private final WorkQueue queue;
  private final DatasetRepository datasets;
  private final DatabaseBridge database;
  private final DatasetShelf shelf;
  private final DatasetConfig config;
  private final ImagingConfig imaging;
  private final Outages outages;
  private final ObjectMapper json;

  AssembleDataset(
      WorkQueue queue,
      DatasetRepository datasets,
      DatabaseBridge database,
      DatasetShelf shelf,
      DatasetConfig config,
      ImagingConfig imaging,
      Outages outages,
      ObjectMapper json) {
    this.queue = queue;
    this.datasets = datasets;
    this.database = database;
    this.shelf = shelf;
    this.config = config;
    this.imaging = imaging;
    this.outages = outages;
    this.json = json;
  }

  /** What the row holds: everything that the work depends on. */
  record Spec(RequestId requestId, DatasetSpec dataset, InputSpec input) {}

  /**
   * Takes a request on. One that is repeated makes no second data set.
   *
   * @param requestId of the event
   */
  public Uni<Result> request(RequestId requestId, JsonNode data) {
    Spec spec;
    try {
      DatasetSpec dataset = json.treeToValue(data, DatasetRequest.class).complete(config);
      spec =
          new Spec(requestId, dataset, InputOverrides.of(imaging.inputSpec(), data.get("input")));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Uni.createFrom()
          .item(
              new Result.Done(
                  new Outcome.RequestFailed(requestId, TOPIC, Requests.reason(e), false)));
    }
    NewWork work =
        new NewWork(
            requestId.derive(kind()), kind(), Optional.empty(), 0, Requests.json(json, spec));
    return outages
        .waitOut(Server.DATABASE, () -> queue.enqueue(List.of(work)))
        .map(done -> new Result.Accepted());
  }

  @Override
  public String kind() {
    return "assembly";
  }

  @Override
  public String work(WorkItem item, TaskControl control) {
    Spec spec = Requests.read(json, item.specJson(), Spec.class);
    AssembledDataset dataset =
        shelf.assemble(
            spec.dataset(),
            spec.input(),
            (done, expected) ->
                control.progress("{\"imagesRead\":" + done + ",\"expected\":" + expected + "}"),
            control);
    Outcome.DatasetAssembled outcome =
        new Outcome.DatasetAssembled(
            spec.requestId(),
            spec.dataset().name(),
            dataset.digest(),
            artifacts(dataset),
            Requests.read(
                json, dataset.summaryJson(), new TypeReference<Map<String, Object>>() {}));
    outages.waitOutBlocking(
        Server.DATABASE, control, () -> database.await(() -> datasets.save(row(outcome))));
    return Requests.json(json, outcome);
  }

  private static Map<String, String> artifacts(AssembledDataset dataset) {
    Map<String, String> places = new LinkedHashMap<>();
    dataset.artifacts().forEach((name, at) -> places.put(name, at.bucket() + "/" + at.key()));
    return places;
  }

  private DatasetRecord row(Outcome.DatasetAssembled outcome) {
    return new DatasetRecord(
        outcome.digest(),
        outcome.name(),
        outcome.request().id(),
        outcome.artifacts(),
        outcome.summary(),
        Instant.now());
  }

  @Override
  public Outcome outcome(WorkItem item, String resultJson) {
    return Requests.read(json, resultJson, Outcome.DatasetAssembled.class);
  }

  @Override
  public Outcome failed(WorkItem item, String cause) {
    Spec spec = Requests.read(json, item.specJson(), Spec.class);
    return new Outcome.RequestFailed(spec.requestId(), TOPIC, cause, false);
  }
}
