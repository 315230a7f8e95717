package io.thorax.workflow;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.thorax.persistence.RunRecord;
import io.thorax.persistence.RunRepository;
import io.thorax.persistence.WorkItem;
import io.thorax.persistence.WorkQueue;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Training runs: asks for new ones, tells how they stand, cancels them. */
@ApplicationScoped
public class TrainingRuns {
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
  private static final RequestTopic REQUESTS = new RequestTopic("training.requested", "run");

  private final RunRepository runs;
  private final WorkQueue queue;
  private final RequestEvents events;
  private final ObjectMapper json;

  TrainingRuns(RunRepository runs, WorkQueue queue, RequestEvents events, ObjectMapper json) {
    this.runs = runs;
    this.queue = queue;
    this.events = events;
    this.json = json;
  }

  /**
   * A run.
   *
   * @param request what was asked for, with the defaults filled in
   * @param result the model's digest and metrics, once it has ended well
   */
  public record Run(
      UUID id,
      String name,
      TaskState state,
      Map<String, Object> request,
      Optional<Map<String, Object>> result,
      Optional<String> failure,
      Instant createdAt,
      Instant updatedAt,
      Optional<Instant> finishedAt) {}

  /**
   * A trial of a run.
   *
   * @param number within its run, from 0
   * @param progress as of the last epoch: see {@link TrainingProgress}
   * @param worker that runs it, or ran it last
   */
  public record Trial(
      UUID id,
      int number,
      TaskState state,
      int attempts,
      boolean cancelRequested,
      Optional<Map<String, Object>> progress,
      Optional<Map<String, Object>> result,
      Optional<String> failure,
      Optional<String> worker,
      Instant updatedAt) {}

  /** A run with all its trials, by number. */
  public record RunDetail(Run run, List<Trial> trials) {}

  /** As {@link RequestTopic#publish}; the work's id is the run's. */
  public Uni<Requested> request(Optional<String> idempotencyKey, ObjectNode data) {
    return REQUESTS.publish(events, idempotencyKey, data);
  }

  public Uni<Listing<Run>> list(Paging paging) {
    return Listing.of(paging, runs::latest, this::run);
  }

  /** Empty if there is none, or its request was not read yet. */
  public Uni<Optional<RunDetail>> find(UUID id) {
    return runs.find(id)
        .chain(
            found ->
                found
                    .map(run -> queue.ofParent(id).map(trials -> Optional.of(detail(run, trials))))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
  }

  /**
   * Trials that wait are cancelled at once, those that run stop at their next heartbeat. A run that
   * has ended stays as it is.
   *
   * @return the run as it stands now; empty if there is none
   */
  public Uni<Optional<RunDetail>> cancel(UUID id) {
    return runs.cancel(id).chain(cancelled -> find(id));
  }

  private RunDetail detail(RunRecord found, List<WorkItem> trials) {
    return new RunDetail(run(found), trials.stream().map(this::trial).toList());
  }

  private Run run(RunRecord found) {
    return new Run(
        found.id(),
        found.name(),
        TaskState.of(found.state()),
        tree(found.specJson()),
        found.resultJson().map(this::tree),
        found.failure(),
        found.createdAt(),
        found.updatedAt(),
        found.finishedAt());
  }

  private Trial trial(WorkItem item) {
    return new Trial(
        item.id(),
        item.ordinal(),
        TaskState.of(item.state()),
        item.attempts(),
        item.cancelRequested(),
        item.progressJson().map(this::tree),
        item.resultJson().map(this::tree),
        item.failure(),
        item.owner(),
        item.updatedAt());
  }

  private Map<String, Object> tree(String text) {
    return Requests.read(json, text, TREE);
  }
}
