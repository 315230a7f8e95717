package io.thorax.api;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.thorax.workflow.Outages.Server;
import io.thorax.workflow.Readiness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Ready when the model is warm and every server answers; says what is missing. */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
class ReadinessCheck implements AsyncHealthCheck {
  private final Readiness readiness;

  ReadinessCheck(Readiness readiness) {
    this.readiness = readiness;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return readiness.state().map(ReadinessCheck::response);
  }

  static HealthCheckResponse response(Readiness.State state) {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("thorax").status(state.ready());
    if (!state.away().isEmpty()) {
      response.withData(
          "away",
          state.away().stream()
              .map(server -> wireName(server))
              .sorted()
              .collect(Collectors.joining(", ")));
    }
    state
        .coldModel()
        .ifPresent(alias -> response.withData("model", "no warm model for alias " + alias));
    return response.build();
  }

  private static String wireName(Server server) {
    return server.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
