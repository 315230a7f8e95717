package io.thorax.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.thorax.workflow.Role;
import io.thorax.workflow.ThoraxConfig;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/**
 * What is decided before a request reaches a resource: whether this process serves the API at all,
 * whether the body is too large, whether there is memory for it. What no route has taken ends here
 * too, so that every error is a problem.
 */
@Singleton
class RequestGate {
  private static final Logger LOG = Logger.getLogger(RequestGate.class);
  private static final String API = "/api";
  private static final String UPLOADS = ThoraxApi.ROOT + "/images";
  private static final int BEFORE_THE_FRAMEWORKS_LIMIT =
      RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 1;
  private static final int AFTER_THE_FRAMEWORKS_LIMIT = RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1;

  private final boolean served;
  private final ApiConfig config;
  private final ObjectMapper json;
  private final MemoryBudget uploads;

  RequestGate(ThoraxConfig thorax, ApiConfig config, ObjectMapper json) {
    this.served = thorax.roles().contains(Role.API);
    this.config = config;
    this.json = json;
    this.uploads = new MemoryBudget(config.uploadMemory().asLongValue());
  }

  void register(@Observes Router router) {
    router.route().order(BEFORE_THE_FRAMEWORKS_LIMIT).handler(this::enter);
    router.route().order(AFTER_THE_FRAMEWORKS_LIMIT).handler(this::leaveUndeclared);
    router
        .route()
        .order(2 * RouteConstants.ROUTE_ORDER_AFTER_DEFAULT)
        .handler(request -> end(request, Problem.of(404, "There is nothing at this path.")));
  }

  private void enter(RoutingContext request) {
    if (!concernsApi(request)) {
      request.next();
      return;
    }
    log(request);
    if (!served) {
      end(request, Problem.of(404, "This process does not serve the API."));
      return;
    }
    OptionalLong length = declaredLength(request);
    if (length.orElse(0) > limit(request)) {
      close(request);
      end(request, Problem.of(413, "The body may have " + limit(request) + " bytes."));
    } else if (isUpload(request)) {
      admit(request, length.orElse(limit(request)));
    } else {
      request.next();
    }
  }

  /** An upload lies in memory until it is stored: what does not fit is put off. */
  private void admit(RoutingContext request, long bytes) {
    if (!uploads.take(bytes)) {
      close(request);
      request
          .response()
          .putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(config.retryAfter().toSeconds()));
      end(request, Problem.of(503, "Too many images are being received; try again."));
      return;
    }
    request.addEndHandler(ended -> uploads.giveBack(bytes));
    request.next();
  }

  /**
   * A body in chunks is counted by whoever reads it ({@link Inputs#bytes}): the framework, at its
   * own limit, would end the response without a word.
   */
  private void leaveUndeclared(RoutingContext request) {
    if (concernsApi(request)) {
      request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, Long.MAX_VALUE);
    }
    request.next();
  }

  private long limit(RoutingContext request) {
    return isUpload(request)
        ? config.maxImageSize().asLongValue()
        : config.maxRequestSize().asLongValue();
  }

  private static boolean concernsApi(RoutingContext request) {
    return request.normalizedPath().startsWith(API);
  }

  private static boolean isUpload(RoutingContext request) {
    return HttpMethod.POST.equals(request.request().method())
        && request.normalizedPath().startsWith(UPLOADS);
  }

  private static OptionalLong declaredLength(RoutingContext request) {
    String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length));
    } catch (NumberFormatException e) {
      return OptionalLong.of(Long.MAX_VALUE);
    }
  }

  /** The rest of the body is not read. */
  private static void close(RoutingContext request) {
    request.response().putHeader(HttpHeaders.CONNECTION, "close");
  }

  private void end(RoutingContext request, Problem problem) {
    request
        .response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(body(problem.at(request.request().path())));
  }

  private String body(Problem problem) {
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem that cannot be written", e);
    }
  }

  /** Neither queries nor bodies nor addresses: nothing that could be of a patient. */
  private static void log(RoutingContext request) {
    long began = System.nanoTime();
    request.addEndHandler(
        ended ->
            LOG.infof(
                "%s %s %d %d ms",
                request.request().method(),
                request.request().path(),
                request.response().getStatusCode(),
                (System.nanoTime() - began) / 1_000_000));
  }
}
