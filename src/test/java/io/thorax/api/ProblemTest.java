package io.thorax.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thorax.study.RejectReason;
import org.junit.jupiter.api.Test;

class ProblemTest {
  private final ObjectMapper json = TestJson.mapper();

  @Test
  void aWrongFieldIsNamed() {
    JsonNode problem = json.valueToTree(Problem.ofField("limit", "must be 1 to 200").at("/x"));
    assertEquals("urn:thorax:problem:invalid-request", problem.path("type").textValue());
    assertEquals(400, problem.path("status").intValue());
    assertEquals("limit: must be 1 to 200", problem.path("detail").textValue());
    assertEquals("/x", problem.path("instance").textValue());
    assertEquals("limit", problem.path("errors").path(0).path("field").textValue());
  }

  @Test
  void whatIsAbsentIsLeftOut() {
    JsonNode problem = json.valueToTree(Problem.of(404, "no such thing"));
    assertFalse(problem.has("errors"));
    assertFalse(problem.has("instance"));
  }

  @Test
  void anUncommonStatusIsAProblemWithoutAKind() {
    assertEquals("about:blank", Problem.of(418, "teapot").type());
  }

  @Test
  void everyReasonToRejectHasAKindOfProblem() {
    for (RejectReason reason : RejectReason.values()) {
      int status = ProblemMappers.status(reason);
      assertTrue(status >= 400 && status < 500, reason.wireName());
      assertNotEquals("about:blank", Problem.of(status, "").type());
    }
  }
}
