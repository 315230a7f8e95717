package io.thorax.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.thorax.workflow.ClassificationRequest.Priority;
import io.thorax.workflow.InvalidInputException;
import io.thorax.workflow.Paging;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class InputsTest {
  private final Inputs inputs = new Inputs(new FixedApiConfig(), new ObjectMapper());

  @Test
  void aPageHasTheConfiguredSizeUnlessTheClientSays() {
    assertEquals(new Paging(FixedApiConfig.PAGE_SIZE, Optional.empty()), paging(null, null));
    assertEquals(new Paging(7, Optional.of("abc")), paging("7", "abc"));
    assertEquals(Optional.empty(), paging("7", " ").cursor());
  }

  @Test
  void aLimitOutOfRangeIsNamed() {
    assertNames("limit", () -> paging("0", null));
    assertNames("limit", () -> paging("201", null));
    assertNames("limit", () -> paging("many", null));
  }

  @Test
  void identifiersOfTheWrongFormAreNamed() {
    assertNames("id", () -> Inputs.uuid("id", "123"));
    assertNames("image", () -> Inputs.sha256("image", "abc"));
    assertNames("studyInstanceUid", () -> Inputs.studyInstanceUid("DOE^JOHN"));
    assertNames("model", () -> Inputs.model("a b"));
    assertNames("priority", () -> Inputs.priority("now"));
    assertNames("explain", () -> Inputs.explain("lime,a b"));
    assertNames("Idempotency-Key", () -> Inputs.idempotencyKey("a\nb"));
  }

  @Test
  void whatIsNotGivenIsAbsent() {
    assertEquals(Optional.empty(), Inputs.studyInstanceUid(null));
    assertEquals(Optional.empty(), Inputs.model(""));
    assertEquals(Priority.ROUTINE, Inputs.priority(null));
    assertEquals(List.of(), Inputs.explain(null));
  }

  @Test
  void methodsOfExplanationAreSeparatedByCommas() {
    assertEquals(List.of("lime", "grad-cam"), Inputs.explain("lime, grad-cam"));
  }

  @Test
  void anAliasNeverLooksLikeADigest() {
    assertEquals("champion", Inputs.alias("champion"));
    assertNames("alias", () -> Inputs.alias("a".repeat(64)));
    assertNames("alias", () -> Inputs.alias("a b"));
  }

  @Test
  void aDigestIsTakenInCapitalsToo() {
    assertEquals("ab".repeat(32), Inputs.sha256("image", "AB".repeat(32)).hex());
  }

  @Test
  void aBodyIsAnObject() {
    assertEquals("x", inputs.object(body("{\"name\": \"x\"}")).path("name").textValue());
    assertNames("body", () -> inputs.object(body("[1]")));
    assertNames("body", () -> inputs.object(body("{\"name\":")));
    assertNames("body", () -> inputs.object(body("")));
  }

  @Test
  void aBodyEndsAtItsLimit() {
    MemorySize limit = new MemorySize(BigInteger.valueOf(4));
    assertEquals(4, Inputs.bytes(body("1234"), limit).length);
    Refusal refusal = assertThrows(Refusal.class, () -> Inputs.bytes(body("12345"), limit));
    assertEquals(413, refusal.getResponse().getStatus());
  }

  @Test
  void aReasonIsAShortText() {
    assertEquals(
        Optional.of("better"), Inputs.reason(inputs.object(body("{\"reason\": \"better\"}"))));
    assertEquals(Optional.empty(), Inputs.reason(inputs.object(body("{}"))));
    assertNames("reason", () -> Inputs.reason(inputs.object(body("{\"reason\": 1}"))));
  }

  private Paging paging(String limit, String cursor) {
    PageQuery page = new PageQuery();
    page.limit = limit;
    page.cursor = cursor;
    return inputs.paging(page);
  }

  private static InputStream body(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertNames(String field, Executable action) {
    assertEquals(field, assertThrows(InvalidInputException.class, action).field());
  }
}
