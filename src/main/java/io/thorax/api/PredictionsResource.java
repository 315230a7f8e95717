package io.thorax.api;

import io.smallrye.mutiny.Uni;
import io.thorax.study.Prediction;
import io.thorax.study.Sha256;
import io.thorax.workflow.InvalidInputException;
import io.thorax.workflow.Listing;
import io.thorax.workflow.Paging;
import io.thorax.workflow.PredictionQueries;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** What the models have said, and what they would not read. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = ThoraxApi.PREDICTIONS)
class PredictionsResource {
  private final PredictionQueries predictions;
  private final Inputs inputs;
  private final Patience patience;

  PredictionsResource(PredictionQueries predictions, Inputs inputs, Patience patience) {
    this.predictions = predictions;
    this.inputs = inputs;
    this.patience = patience;
  }

  @GET
  @Path("predictions/{id}")
  @Operation(operationId = "getPrediction", summary = "A prediction; research use only")
  public Uni<PredictionView> prediction(@RestPath String id) {
    UUID prediction = Inputs.uuid("id", id);
    return patience
        .of(() -> predictions.find(prediction))
        .map(found -> Refusal.orNotFound(found, () -> "There is no prediction " + prediction + "."))
        .map(PredictionView::of);
  }

  @GET
  @Path("predictions")
  @Operation(
      operationId = "listPredictions",
      summary = "Predictions, latest first; research use only",
      description = "All of them, or those of a study, or those of an image.")
  public Uni<RestResponse<PageView<PredictionView>>> list(
      @Parameter(description = "Of this study only", example = "1.2.840.113619.2.55.3") @RestQuery
          String studyInstanceUid,
      @Parameter(description = "Of the image with this SHA-256 only; not paged") @RestQuery
          String image,
      @BeanParam PageQuery page) {
    Paging paging = inputs.paging(page);
    Optional<String> study = Inputs.studyInstanceUid(studyInstanceUid);
    Optional<Sha256> digest = Inputs.present(image).map(text -> Inputs.sha256("image", text));
    if (study.isPresent() && digest.isPresent()) {
      throw new InvalidInputException("image", "either studyInstanceUid or image, not both");
    }
    return patience
        .of(() -> found(study, digest, paging))
        .map(listing -> PageView.of(listing.map(PredictionView::of), page.uri));
  }

  @GET
  @Path("rejections")
  @Operation(operationId = "listRejections", summary = "Images that were refused, latest first")
  public Uni<RestResponse<PageView<RejectionView>>> rejections(@BeanParam PageQuery page) {
    Paging paging = inputs.paging(page);
    return patience
        .of(() -> predictions.rejections(paging))
        .map(listing -> PageView.of(listing.map(RejectionView::of), page.uri));
  }

  private Uni<Listing<Prediction>> found(
      Optional<String> study, Optional<Sha256> image, Paging paging) {
    if (study.isPresent()) {
      return predictions.ofStudy(study.get(), paging);
    }
    return image.isPresent() ? predictions.ofImage(image.get()) : predictions.latest(paging);
  }
}
