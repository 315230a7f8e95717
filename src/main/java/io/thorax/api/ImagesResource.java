package io.thorax.api;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.thorax.study.ImageFormat;
import io.thorax.study.Sha256;
import io.thorax.workflow.PredictionQueries;
import io.thorax.workflow.PredictionQueries.ImageRecord;
import io.thorax.workflow.SubmitImage;
import io.thorax.workflow.SubmitImage.Submitted;
import io.thorax.workflow.SubmitImage.Upload;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** X-rays in, and what became of them. */
@Path("/images")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = ThoraxApi.IMAGES)
class ImagesResource {
  private final SubmitImage submitImage;
  private final PredictionQueries predictions;
  private final Patience patience;
  private final ApiConfig config;

  ImagesResource(
      SubmitImage submitImage, PredictionQueries predictions, Patience patience, ApiConfig config) {
    this.submitImage = submitImage;
    this.predictions = predictions;
    this.patience = patience;
    this.config = config;
  }

  /** What a client hears of an image that it has submitted. */
  @Schema(name = "SubmittedImage")
  record SubmittedView(
      ImageView image,
      @Schema(description = "Of the xray.uploaded event; the same submission has the same")
          UUID eventId,
      Map<String, String> links,
      boolean researchUseOnly) {}

  /** What is known of an image. */
  @Schema(name = "ImageRecord")
  record ImageRecordView(
      String sha256,
      @Schema(description = "pending until a model has read it", examples = "predicted")
          String state,
      List<PredictionView> predictions,
      List<RejectionView> rejections,
      boolean researchUseOnly) {

    static ImageRecordView of(ImageRecord image) {
      String state =
          image.pending() ? "pending" : image.predictions().isEmpty() ? "rejected" : "predicted";
      return new ImageRecordView(
          image.sha256().hex(),
          state,
          image.predictions().stream().map(PredictionView::of).toList(),
          image.rejections().stream().map(RejectionView::of).toList(),
          true);
    }
  }

  @POST
  @Blocking
  @Consumes({"image/png", "image/jpeg", "application/dicom", MediaType.APPLICATION_OCTET_STREAM})
  @Operation(
      operationId = "submitImage",
      summary = "Submit an X-ray",
      description =
          "Stores the image under its digest and publishes `xray.uploaded`. The format is told by"
              + " the first bytes. Submitting the same again is harmless.")
  @APIResponse(
      responseCode = "202",
      description = "Stored, and to be read; look at the Location",
      content = @Content(schema = @Schema(implementation = SubmittedView.class)))
  public Uni<RestResponse<SubmittedView>> submit(
      @RequestBody(
              required = true,
              description = "The file's bytes: PNG, JPEG or DICOM",
              content = @Content(schema = @Schema(type = SchemaType.STRING, format = "binary")))
          InputStream body,
      @Parameter(description = "Keeps a study's events in order", example = "1.2.840.113619.2.55.3")
          @RestQuery
          String studyInstanceUid,
      @Parameter(description = "routine or urgent", example = "routine") @RestQuery String priority,
      @Parameter(
              description = "Alias or digest; by default the alias of the configuration",
              example = "champion")
          @RestQuery
          String model,
      @Parameter(description = "Methods of explanation, separated by commas", example = "grad-cam")
          @RestQuery
          String explain) {
    byte[] content = Inputs.bytes(body, config.maxImageSize());
    Upload upload =
        new Upload(
            content,
            format(content),
            Inputs.studyInstanceUid(studyInstanceUid),
            Inputs.priority(priority),
            Inputs.model(model),
            Inputs.explain(explain));
    return patience.of(() -> submitImage.submit(upload)).map(ImagesResource::accepted);
  }

  @GET
  @Path("/{sha256}")
  @Operation(
      operationId = "getImage",
      summary = "What became of an image",
      description = "Its predictions by all models, or why it was rejected, or that it is pending.")
  public Uni<ImageRecordView> image(
      @Parameter(description = "SHA-256 of the image's bytes, in hexadecimal") @RestPath
          String sha256) {
    Sha256 digest = Inputs.sha256("sha256", sha256);
    return patience
        .of(() -> predictions.image(digest))
        .map(found -> Refusal.orNotFound(found, () -> "No image " + digest + " is known."))
        .map(ImageRecordView::of);
  }

  private static ImageFormat format(byte[] content) {
    return MagicBytes.format(content)
        .orElseThrow(
            () -> Refusal.unsupported("The first bytes are neither PNG nor JPEG nor DICOM."));
  }

  private static RestResponse<SubmittedView> accepted(Submitted submitted) {
    Sha256 digest = submitted.image().sha256().orElseThrow();
    String self = ThoraxApi.ROOT + "/images/" + digest;
    Map<String, String> links =
        Map.of("self", self, "predictions", ThoraxApi.ROOT + "/predictions?image=" + digest);
    SubmittedView view =
        new SubmittedView(ImageView.of(submitted.image()), submitted.eventId(), links, true);
    return RestResponse.ResponseBuilder.<SubmittedView>accepted(view)
        .header(HttpHeaders.LOCATION, self)
        .build();
  }
}
