package io.thorax.api;

import io.thorax.workflow.Requested;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;

/** A request that was taken on. */
@Schema(name = "Requested")
record RequestedView(
    @Schema(description = "Of the event; answers on topics name it as requestId") UUID requestId,
    @Schema(description = "Of what comes of it, once the event has been read") UUID id,
    Map<String, String> links) {

  /**
   * @param collection where what comes of it will be, beneath the root
   */
  static RestResponse<RequestedView> accepted(Requested requested, String collection) {
    String self = ThoraxApi.ROOT + "/" + collection + "/" + requested.workId();
    return RestResponse.ResponseBuilder.<RequestedView>accepted(
            new RequestedView(requested.eventId(), requested.workId(), Map.of("self", self)))
        .header(HttpHeaders.LOCATION, self)
        .build();
  }
}
