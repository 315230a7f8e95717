package io.thorax.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thorax.workflow.Outages.Server;
import io.thorax.workflow.Readiness.State;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class ReadinessCheckTest {

  @Test
  void isReadyWhenNothingIsMissing() {
    HealthCheckResponse response = ReadinessCheck.response(new State(Set.of(), Optional.empty()));
    assertEquals(Status.UP, response.getStatus());
    assertEquals(Optional.empty(), response.getData());
  }

  @Test
  void namesWhatIsMissing() {
    HealthCheckResponse response =
        ReadinessCheck.response(
            new State(Set.of(Server.OBJECT_STORE, Server.DATABASE), Optional.of("champion")));
    assertEquals(Status.DOWN, response.getStatus());
    assertEquals(
        Optional.of(
            Map.of(
                "away", "database, object-store",
                "model", "no warm model for alias champion")),
        response.getData());
  }
}
