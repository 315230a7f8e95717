package io.thorax.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.thorax.workflow.Datasets;
import io.thorax.workflow.Datasets.Assembly;
import io.thorax.workflow.Datasets.Dataset;
import io.thorax.workflow.Paging;
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

/** Data sets: asked for here, assembled by a worker. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = ThoraxApi.DATASETS)
class DatasetsResource {
  private static final String EXAMPLE =
      "{\"name\": \"covid-2026\", \"sources\": {\"mila\": \"s3://xrays/mila\"}, \"views\": [\"PA\","
          + " \"AP\"], \"classMode\": \"binary\", \"valSplit\": 0.1, \"testSplit\": 0.1,"
          + " \"groupBy\": \"patient\", \"seed\": 1}";

  private final Datasets datasets;
  private final Inputs inputs;
  private final Patience patience;

  DatasetsResource(Datasets datasets, Inputs inputs, Patience patience) {
    this.datasets = datasets;
    this.inputs = inputs;
    this.patience = patience;
  }

  @POST
  @Path("datasets")
  @Blocking
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "requestDataset",
      summary = "Have a data set assembled",
      description =
          "Publishes `dataset.requested` with this body as its data. What is wrong beyond its form"
              + " is told by the state of the request, and by `request.failed`.")
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
        .of(() -> datasets.request(key, data))
        .map(requested -> RequestedView.accepted(requested, "dataset-requests"));
  }

  @GET
  @Path("dataset-requests/{id}")
  @Operation(
      operationId = "getDatasetRequest",
      summary = "How an assembly stands",
      description = "404 also means that the request was not read yet.")
  public Uni<Assembly> assembly(@RestPath String id) {
    UUID work = Inputs.uuid("id", id);
    return patience
        .of(() -> datasets.assembly(work))
        .map(
            found ->
                Refusal.orNotFound(
                    found, () -> "There is no data set request " + work + ", or not yet."));
  }

  @GET
  @Path("datasets")
  @Operation(operationId = "listDatasets", summary = "Data sets, latest first")
  public Uni<RestResponse<PageView<Dataset>>> list(@BeanParam PageQuery page) {
    Paging paging = inputs.paging(page);
    return patience.of(() -> datasets.list(paging)).map(listing -> PageView.of(listing, page.uri));
  }

  @GET
  @Path("datasets/{digestOrName}")
  @Operation(
      operationId = "getDataset",
      summary = "A data set",
      description = "By digest, or the latest of a name: its counts, files, what was left out.")
  public Uni<Dataset> dataset(@RestPath String digestOrName) {
    return patience
        .of(() -> datasets.find(digestOrName))
        .map(found -> Refusal.orNotFound(found, () -> "There is no such data set."));
  }
}
