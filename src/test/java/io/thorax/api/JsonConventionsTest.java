package io.thorax.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thorax.study.RejectReason;
import io.thorax.study.Sha256;
import io.thorax.workflow.TaskState;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonConventionsTest {
  private final ObjectMapper json = TestJson.mapper();

  record Everything(
      Sha256 digest,
      RejectReason reason,
      TaskState state,
      Instant at,
      Optional<String> note,
      Optional<Sha256> other) {}

  @Test
  void valuesAreTextsAndWhatIsAbsentIsLeftOut() throws JsonProcessingException {
    assertEquals(
        "{\"digest\":\""
            + "ab".repeat(32)
            + "\",\"reason\":\"too-large\",\"state\":\"running\",\"at\":\"2026-01-02T03:04:05Z\"}",
        json.writeValueAsString(everything()));
  }

  @Test
  void whatIsWrittenIsReadBack() throws JsonProcessingException {
    String text = json.writeValueAsString(everything());
    assertEquals(everything(), json.readValue(text, Everything.class));
  }

  private static Everything everything() {
    return new Everything(
        new Sha256("ab".repeat(32)),
        RejectReason.TOO_LARGE,
        TaskState.RUNNING,
        Instant.parse("2026-01-02T03:04:05Z"),
        Optional.empty(),
        Optional.empty());
  }
}
