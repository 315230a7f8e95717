package io.thorax.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The root of the API and what its description begins with. */
@ApplicationPath(ThoraxApi.ROOT)
@OpenAPIDefinition(
    info =
        @Info(
            title = "Thorax",
            version = "1",
            license = @License(name = "Apache-2.0", identifier = "Apache-2.0"),
            description =
                "Reads chest X-rays. **For research, not for diagnosis**: no result of this"
                    + " service may be used in the care of a patient.\n\nWhat takes time is asked"
                    + " for with POST and answered with 202 and a Location to look at. Lists come"
                    + " latest first; `nextCursor`, also given as a Link header, leads to the part"
                    + " after. Every error is an `application/problem+json` (RFC 9457)."),
    tags = {
      @Tag(name = ThoraxApi.IMAGES, description = "Submit an X-ray, see what became of it"),
      @Tag(name = ThoraxApi.PREDICTIONS, description = "What the models say; research use only"),
      @Tag(name = ThoraxApi.DATASETS, description = "Assemble data sets to train on"),
      @Tag(name = ThoraxApi.TRAINING, description = "Train models, follow and cancel runs"),
      @Tag(name = ThoraxApi.MODELS, description = "Models, and the aliases that put them to use")
    })
public class ThoraxApi extends Application {
  static final String ROOT = "/api/v1";
  static final String IMAGES = "images";
  static final String PREDICTIONS = "predictions";
  static final String DATASETS = "datasets";
  static final String TRAINING = "training";
  static final String MODELS = "models";
}
