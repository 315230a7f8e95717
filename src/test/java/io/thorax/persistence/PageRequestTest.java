package io.thorax.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {
  @Test
  void aCursorComesBackAsItWas() {
    Cursor cursor = new Cursor(Instant.parse("2026-01-02T03:04:05.678901Z"), "a:b");

    assertEquals(cursor, Cursor.decode(cursor.encode()));
    assertEquals(Optional.of(cursor), new PageRequest(1, Optional.of(cursor.encode())).place());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%%%", "YWJj", "OTk5OTk5OTk5OTk5OTk5OTk5OTk6eA"})
  void aCursorThatIsNoneIsRefused(String text) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> new PageRequest(1, Optional.of(text)));
    assertEquals("cursor: not one of ours", refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 201})
  void aLimitOutOfRangeIsRefused(int limit) {
    assertThrows(IllegalArgumentException.class, () -> PageRequest.first(limit));
  }

  @Test
  void onlyASurplusRowMakesANextPage() {
    Cursor cursor = new Cursor(Instant.EPOCH, "x");

    assertEquals(
        new Page<>(List.of(1, 2), Optional.of(cursor.encode())),
        Page.of(List.of(1, 2, 3), 2, row -> row, row -> cursor));
    assertEquals(
        new Page<>(List.of(1, 2), Optional.empty()),
        Page.of(List.of(1, 2), 2, row -> row, row -> cursor));
  }
}
