package io.thorax.api;

import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** What every list takes. */
class PageQuery {
  @Parameter(description = "At most so many, 1 to 200", example = "20")
  @RestQuery
  String limit;

  @Parameter(description = "nextCursor of the part before")
  @RestQuery
  String cursor;

  @Context UriInfo uri;
}
