package io.thorax.api;

import io.smallrye.mutiny.TimeoutException;
import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import io.thorax.workflow.InvalidInputException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place that makes HTTP errors of failures. What is inside stays inside. */
@Singleton
class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  private final ApiConfig config;

  ProblemMappers(ApiConfig config) {
    this.config = config;
  }

  @ServerExceptionMapper
  Response invalid(InvalidInputException e, UriInfo uri) {
    return response(Problem.ofField(e.field(), e.getMessage()), uri);
  }

  @ServerExceptionMapper
  Response transientFailure(Failure.Transient e, UriInfo uri) {
    LOG.debugf("answered with 503: %s", e.getMessage());
    return unavailable(uri);
  }

  @ServerExceptionMapper
  Response late(TimeoutException e, UriInfo uri) {
    return unavailable(uri);
  }

  @ServerExceptionMapper
  Response rejected(Failure.Rejected e, UriInfo uri) {
    return response(Problem.of(status(e.reason()), e.getMessage()), uri);
  }

  /** Of the framework (no such path, method or media type) and of the resources here. */
  @ServerExceptionMapper
  Response http(WebApplicationException e, UriInfo uri) {
    int status = e.getResponse().getStatus();
    if (status >= 500) {
      return unexpected(e);
    }
    Problem problem = Problem.of(status, e instanceof Refusal ? e.getMessage() : detail(status));
    Response response = response(problem, uri);
    return status == 413 // the rest of the body is not read
        ? Response.fromResponse(response).header("Connection", "close").build()
        : response;
  }

  @ServerExceptionMapper
  Response unexpected(Throwable e) {
    String name = "urn:uuid:" + UUID.randomUUID();
    LOG.errorf(e, "answered with 500: %s", name);
    Problem problem = Problem.of(500, "An error of ours; the log has it under this instance.");
    return response(problem.at(name));
  }

  private Response unavailable(UriInfo uri) {
    Problem problem =
        Problem.of(503, "Kafka, the database or the object store does not answer; try again.");
    return Response.fromResponse(response(problem, uri))
        .header(HttpHeaders.RETRY_AFTER, Math.max(1, config.retryAfter().toSeconds()))
        .build();
  }

  private static Response response(Problem problem, UriInfo uri) {
    return response(problem.at(uri.getRequestUri().getRawPath()));
  }

  private static Response response(Problem problem) {
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem).build();
  }

  static int status(RejectReason reason) {
    return switch (reason) {
      case NOT_FOUND, UNKNOWN_MODEL -> 404;
      case TOO_LARGE -> 413;
      case UNSUPPORTED_FORMAT -> 415;
      case FORBIDDEN_LOCATION, CORRUPT, MULTI_FRAME, WRONG_MODALITY, WRONG_VIEW, DIGEST_MISMATCH ->
          422;
    };
  }

  private static String detail(int status) {
    return switch (status) {
      case 404 -> "There is nothing at this path; the paths are described at /q/openapi.";
      case 405 -> "This path does not take that method.";
      case 406 -> "None of the accepted media types is offered; try application/json.";
      case 413 -> "The body is larger than the limit.";
      case 415 -> "The body's media type is not taken here; the types are at /q/openapi.";
      default -> "The request is not understood.";
    };
  }
}
