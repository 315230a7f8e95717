package io.thorax.api;

import io.smallrye.mutiny.Uni;
import io.thorax.study.Sha256;
import io.thorax.workflow.ModelCatalogue;
import io.thorax.workflow.ModelCatalogue.Model;
import io.thorax.workflow.Paging;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** The trained models. */
@Path("/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = ThoraxApi.MODELS)
class ModelsResource {
  private final ModelCatalogue models;
  private final Inputs inputs;
  private final Patience patience;

  ModelsResource(ModelCatalogue models, Inputs inputs, Patience patience) {
    this.models = models;
    this.inputs = inputs;
    this.patience = patience;
  }

  @GET
  @Operation(operationId = "listModels", summary = "Models, latest first")
  public Uni<RestResponse<PageView<Model>>> list(@BeanParam PageQuery page) {
    Paging paging = inputs.paging(page);
    return patience.of(() -> models.list(paging)).map(listing -> PageView.of(listing, page.uri));
  }

  @GET
  @Path("/{digest}")
  @Operation(
      operationId = "getModel",
      summary = "A model",
      description = "With its manifest: classes, input, network, data set, metrics, versions.")
  public Uni<Model> model(@RestPath String digest) {
    Sha256 model = Inputs.sha256("digest", digest);
    return patience
        .of(() -> models.find(model))
        .map(found -> Refusal.orNotFound(found, () -> "There is no model " + model + "."));
  }
}
