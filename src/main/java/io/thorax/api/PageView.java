package io.thorax.api;

import io.thorax.workflow.Listing;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;

/** One part of a list as clients see it. */
record PageView<T>(
    List<T> items,
    @Schema(description = "For the part after, as the parameter cursor; absent on the last")
        Optional<String> nextCursor) {

  /** With a Link to the part after (RFC 8288), if there is one. */
  static <T> RestResponse<PageView<T>> of(Listing<T> listing, UriInfo uri) {
    RestResponse.ResponseBuilder<PageView<T>> response =
        RestResponse.ResponseBuilder.ok(new PageView<>(listing.items(), listing.nextCursor()));
    listing
        .nextCursor()
        .ifPresent(
            cursor ->
                response.header(HttpHeaders.LINK, "<" + next(uri, cursor) + ">; rel=\"next\""));
    return response.build();
  }

  /** The same list and limit; relative, so that it also holds behind a proxy. */
  private static String next(UriInfo uri, String cursor) {
    URI next = uri.getRequestUriBuilder().replaceQueryParam("cursor", cursor).build();
    return next.getRawPath() + "?" + next.getRawQuery();
  }
}
