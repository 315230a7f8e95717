package io.thorax.persistence;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Objects;

/**
 * The place of a page's last row: where the next page starts. Its text is opaque to callers.
 *
 * @param at in microseconds, as PostgreSQL keeps it
 * @param id of the row, to tell rows of the same time apart
 */
record Cursor(Instant at, String id) {
  Cursor {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(id, "id");
  }

  String encode() {
    String plain = ChronoUnit.MICROS.between(Instant.EPOCH, at) + ":" + id;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws IllegalArgumentException if the text was never a cursor
   */
  static Cursor decode(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      int colon = plain.indexOf(':');
      long micros = Long.parseLong(plain.substring(0, Math.max(colon, 0)));
      return new Cursor(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), plain.substring(colon + 1));
    } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
      throw new IllegalArgumentException("cursor: not one of ours", e);
    }
  }
}
