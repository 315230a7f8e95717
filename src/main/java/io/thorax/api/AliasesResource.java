package io.thorax.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.thorax.study.Sha256;
import io.thorax.workflow.InvalidInputException;
import io.thorax.workflow.ModelCatalogue;
import io.thorax.workflow.ModelCatalogue.Promotion;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The aliases that put models to use. */
@Path("/aliases")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = ThoraxApi.MODELS)
class AliasesResource {
  private final ModelCatalogue models;
  private final Inputs inputs;
  private final Patience patience;

  AliasesResource(ModelCatalogue models, Inputs inputs, Patience patience) {
    this.models = models;
    this.inputs = inputs;
    this.patience = patience;
  }

  /** All aliases; there are few. */
  @Schema(name = "Aliases")
  record AliasesView(List<Promotion> items) {}

  /** An alias with what it has named, latest first; the first is in force. */
  @Schema(name = "Alias")
  record AliasView(String alias, Sha256 model, List<Promotion> history) {}

  @GET
  @Operation(operationId = "listAliases", summary = "Every alias and the model it names")
  public Uni<AliasesView> list() {
    return patience.of(models::aliases).map(AliasesView::new);
  }

  @GET
  @Path("/{alias}")
  @Operation(operationId = "getAlias", summary = "An alias with its history, latest first")
  public Uni<AliasView> alias(@RestPath String alias) {
    String name = Inputs.alias(alias);
    return patience.of(() -> models.history(name)).map(history -> view(name, history));
  }

  @PUT
  @Path("/{alias}")
  @Blocking
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "promoteModel",
      summary = "Point an alias to a model",
      description =
          "Workers fetch, verify and warm the model, then change over between two batches. To"
              + " promote the same model again changes nothing.")
  public Uni<Promotion> promote(
      @RestPath String alias,
      @RequestBody(
              required = true,
              description = "The model's digest, and why",
              content =
                  @Content(
                      schema =
                          @Schema(
                              type = SchemaType.OBJECT,
                              requiredProperties = "model",
                              examples =
                                  "{\"model\": \"<digest>\", \"reason\": \"better recall\"}")))
          InputStream body) {
    String name = Inputs.alias(alias);
    ObjectNode promotion = inputs.object(body);
    if (!promotion.path("model").isTextual()) {
      throw new InvalidInputException("model", "must be a model's digest");
    }
    Sha256 model = Inputs.sha256("model", promotion.path("model").textValue());
    String reason = Inputs.reason(promotion).orElse("promoted through the API");
    return patience.of(() -> models.promote(name, model, reason));
  }

  @POST
  @Path("/{alias}/rollback")
  @Operation(
      operationId = "rollbackAlias",
      summary = "Point an alias back to the model before",
      description = "Twice goes back two promotions. 409 if there is nothing to go back to.")
  public Uni<Promotion> rollback(@RestPath String alias) {
    String name = Inputs.alias(alias);
    return patience
        .of(() -> models.rollback(name, "rolled back through the API"))
        .map(
            now ->
                now.orElseThrow(
                    () -> Refusal.conflict("Alias " + name + " has no model to go back to.")));
  }

  private static AliasView view(String alias, List<Promotion> history) {
    if (history.isEmpty()) {
      throw Refusal.notFound("There is no alias " + alias + ".");
    }
    return new AliasView(alias, history.get(0).model(), history);
  }
}
