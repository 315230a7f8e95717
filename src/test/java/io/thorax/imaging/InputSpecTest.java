package io.thorax.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class InputSpecTest {
  private static final String DEFAULT_JSON =
      "{\"height\":224,\"interpolation\":\"AREA\","
          + "\"standardisation\":{\"centre\":true,\"scale\":true},"
          + "\"textRemoval\":{\"enabled\":true,\"maxMaskedShare\":0.25,"
          + "\"method\":\"NAVIER_STOKES\",\"radius\":10.0,\"threshold\":230},\"width\":224}";

  @Test
  void itsJsonIsCanonicalAndReadBack() {
    assertEquals(DEFAULT_JSON, InputSpec.DEFAULT.canonicalJson());
    assertEquals(InputSpec.DEFAULT, InputSpec.ofJson(DEFAULT_JSON));
    assertEquals(InputSpec.DEFAULT, InputSpec.ofJson(" " + DEFAULT_JSON.replace(",", ",\n ")));
  }

  @Test
  void itsDigestNamesEveryChoice() {
    assertEquals(InputSpec.ofSize(224, 224).digest(), InputSpec.DEFAULT.digest());
    assertNotEquals(
        InputSpec.DEFAULT.digest(),
        InputSpec.DEFAULT.withInterpolation(Interpolation.NEAREST).digest());
    assertNotEquals(
        InputSpec.DEFAULT.digest(),
        InputSpec.DEFAULT.withTextRemoval(TextRemoval.DISABLED).digest());
    assertNotEquals(InputSpec.ofSize(64, 96).digest(), InputSpec.ofSize(96, 64).digest());
  }

  @Test
  void valuesOutOfRangeAreRefusedByName() {
    assertTrue(message(() -> InputSpec.ofSize(7, 64)).contains("height"));
    assertTrue(
        message(() -> new TextRemoval(true, 256, 10, TextRemoval.Method.TELEA, 0.1))
            .contains("threshold"));
    assertTrue(
        message(() -> new TextRemoval(true, 230, Double.NaN, TextRemoval.Method.TELEA, 0.1))
            .contains("radius"));
    assertTrue(
        message(() -> new TextRemoval(true, 230, 10, TextRemoval.Method.TELEA, 1.1))
            .contains("maxMaskedShare"));
  }

  @Test
  void incompleteOrUnknownJsonIsRefused() {
    message(() -> InputSpec.ofJson("{}"));
    message(() -> InputSpec.ofJson(DEFAULT_JSON.replace("\"height\":224,", "")));
    message(() -> InputSpec.ofJson(DEFAULT_JSON.replace("height", "depth")));
    message(() -> InputSpec.ofJson(DEFAULT_JSON.replace("224", "4")));
  }

  private static String message(Executable attempt) {
    return assertThrows(IllegalArgumentException.class, attempt).getMessage();
  }
}
