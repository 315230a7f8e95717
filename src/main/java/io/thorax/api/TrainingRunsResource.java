package io.thorax.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.thorax.workflow.Paging;
import io.thorax.workflow.TrainingRuns;
import io.thorax.workflow.TrainingRuns.Run;
import io.thorax.workflow.TrainingRuns.RunDetail;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Training runs: asked for here, run by workers. */
@Path("/training-runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = ThoraxApi.TRAINING)
class TrainingRunsResource {
  private static final String EXAMPLE =
      "{\"name\": \"first\", \"dataset\": \"covid-2026\", \"experiment\": \"single\","
          + " \"overrides\": {\"epochs\": 20, \"batch-size\": 32}, \"promote\": \"champion\"}";

  private final TrainingRuns runs;
  private final Inputs inputs;
  private final Patience patience;

  TrainingRunsResource(TrainingRuns runs, Inputs inputs, Patience patience) {
    this.runs = runs;
    this.inputs = inputs;
    this.patience = patience;
  }

  @POST
  @Blocking
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "requestTraining",
      summary = "Have a model trained",
      description =
          "Publishes `training.requested` with this body as its data. What is wrong beyond its form"
              + " is told by `request.failed`.")
  @APIResponse(
      responseCode = "202",
      description = "Published; look at the Location",
      content = @Content(schema = @Schema(implementation = RequestedView.class)))
  public Uni<RestResponse<RequestedView>> request(
      @RequestBody(
              required = true,
              content = @Content(schema = @Schema(type = SchemaType.OBJECT, examples = EXAMPLE)))
          InputStream body,
      @Parameter(description = "Requests with the same key are one request")
          @RestHeader("Idempotency-Key")
          String idempotencyKey) {
    ObjectNode data = inputs.object(body);
    Optional<String> key = Inputs.idempotencyKey(idempotencyKey);
    return patience
        .of(() -> runs.request(key, data))
        .map(requested -> RequestedView.accepted(requested, "training-runs"));
  }

  @GET
  @Operation(operationId = "listTrainingRuns", summary = "Training runs, latest first")
  public Uni<RestResponse<PageView<Run>>> list(@BeanParam PageQuery page) {
    Paging paging = inputs.paging(page);
    return patience.of(() -> runs.list(paging)).map(listing -> PageView.of(listing, page.uri));
  }

  @GET
  @Path("/{id}")
  @Operation(
      operationId = "getTrainingRun",
      summary = "How a training run stands",
      description =
          "With every trial's epoch, metrics, images a second and seconds left. 404 also means that"
              + " the request was not read yet.")
  public Uni<RunDetail> run(@RestPath String id) {
    UUID run = Inputs.uuid("id", id);
    return patience.of(() -> runs.find(run)).map(found -> orNotFound(found, run));
  }

  @POST
  @Path("/{id}/cancel")
  @Operation(
      operationId = "cancelTrainingRun",
      summary = "Cancel a training run",
      description =
          "Trials that wait end at once, those that run at their next sign of life. A run that has"
              + " ended stays as it is.")
  public Uni<RunDetail> cancel(@RestPath String id) {
    UUID run = Inputs.uuid("id", id);
    return patience.of(() -> runs.cancel(run)).map(found -> orNotFound(found, run));
  }

  private static RunDetail orNotFound(Optional<RunDetail> found, UUID id) {
    return Refusal.orNotFound(found, () -> "There is no training run " + id + ", or not yet.");
  }
}
