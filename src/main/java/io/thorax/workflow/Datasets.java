package io.thorax.workflow;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.thorax.persistence.DatasetRecord;
import io.thorax.persistence.DatasetRepository;
import io.thorax.persistence.WorkItem;
import io.thorax.persistence.WorkQueue;
import io.thorax.study.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Data sets: asks for new ones and finds those that are there. */
@ApplicationScoped
public class Datasets {
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
  private static final RequestTopic REQUESTS = new RequestTopic("dataset.requested", "assembly");

  private final DatasetRepository datasets;
  private final WorkQueue queue;
  private final RequestEvents events;
  private final ObjectMapper json;

  Datasets(DatasetRepository datasets, WorkQueue queue, RequestEvents events, ObjectMapper json) {
    this.datasets = datasets;
    this.queue = queue;
    this.events = events;
    this.json = json;
  }

  /**
   * A data set that was assembled.
   *
   * @param artifacts by name, as {@code bucket/key}
   * @param summary counts by class, source and split; what was left out and why
   */
  public record Dataset(
      Sha256 digest,
      String name,
      String requestId,
      Map<String, String> artifacts,
      Map<String, Object> summary,
      Instant createdAt) {}

  /**
   * The assembly that a request has led to.
   *
   * @param progress images read, of how many
   * @param result the data set's name, digest and artifacts
   */
  public record Assembly(
      UUID id,
      TaskState state,
      int attempts,
      Optional<Map<String, Object>> progress,
      Optional<Map<String, Object>> result,
      Optional<String> failure,
      Instant createdAt,
      Instant updatedAt,
      Optional<Instant> finishedAt) {}

  /** As {@link RequestTopic#publish}. */
  public Uni<Requested> request(Optional<String> idempotencyKey, ObjectNode data) {
    return REQUESTS.publish(events, idempotencyKey, data);
  }

  public Uni<Listing<Dataset>> list(Paging paging) {
    return Listing.of(paging, datasets::latest, Datasets::dataset);
  }

  /** By digest, else the latest of that name. */
  public Uni<Optional<Dataset>> find(String digestOrName) {
    Uni<Optional<DatasetRecord>> found =
        Sha256.isValid(digestOrName)
            ? datasets.find(new Sha256(digestOrName))
            : datasets.findByName(digestOrName);
    return found.map(dataset -> dataset.map(Datasets::dataset));
  }

  /** Empty if there is none, or the request was not read yet. */
  public Uni<Optional<Assembly>> assembly(UUID id) {
    return queue
        .find(id)
        .map(item -> item.filter(work -> work.kind().equals(REQUESTS.kind())).map(this::assembly));
  }

  private Assembly assembly(WorkItem item) {
    return new Assembly(
        item.id(),
        TaskState.of(item.state()),
        item.attempts(),
        item.progressJson().map(text -> Requests.read(json, text, TREE)),
        item.resultJson().map(text -> Requests.read(json, text, TREE)),
        item.failure(),
        item.createdAt(),
        item.updatedAt(),
        item.finishedAt());
  }

  private static Dataset dataset(DatasetRecord found) {
    return new Dataset(
        found.digest(),
        found.name(),
        found.requestId(),
        found.artifacts(),
        found.summary(),
        found.createdAt());
  }
}
