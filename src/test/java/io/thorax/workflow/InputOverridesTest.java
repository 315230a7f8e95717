package io.thorax.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.thorax.imaging.InputSpec;
import io.thorax.imaging.Interpolation;
import io.thorax.imaging.TextRemoval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputOverridesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final InputSpec DEFAULTS = InputSpec.ofSize(224, 192);

  @Test
  void withoutOverridesTheDefaultsHold() {
    assertSame(DEFAULTS, InputOverrides.of(DEFAULTS, null));
    assertSame(DEFAULTS, InputOverrides.of(DEFAULTS, NullNode.getInstance()));
    assertEquals(DEFAULTS, of("{}"));
  }

  @Test
  void whatIsNotGivenStaysAsItIs() {
    assertEquals(InputSpec.ofSize(96, 192), of("{\"height\": 96}"));
    TextRemoval removal = DEFAULTS.textRemoval();
    assertEquals(
        DEFAULTS.withTextRemoval(
            new TextRemoval(
                removal.enabled(),
                200,
                removal.radius(),
                removal.method(),
                removal.maxMaskedShare())),
        of("{\"textRemoval\": {\"threshold\": 200}}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nearest", "NEAREST"})
  void constantsAreReadAsTheConfigurationSpellsThem(String name) {
    assertEquals(
        DEFAULTS.withInterpolation(Interpolation.NEAREST),
        of("{\"interpolation\": \"" + name + "\"}"));
  }

  @Test
  void aConstantOfTwoWordsHasADash() {
    assertEquals(
        TextRemoval.Method.NAVIER_STOKES,
        of("{\"textRemoval\": {\"method\": \"navier-stokes\"}}").textRemoval().method());
    assertEquals(
        TextRemoval.Method.TELEA,
        of("{\"textRemoval\": {\"method\": \"telea\"}}").textRemoval().method());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                                   | input
          {"depth": 3}                         | input.depth
          {"textRemoval": {"colour": "red"}}   | input.textRemoval.colour
          {"textRemoval": 5}                   | textRemoval
          {"textRemoval": {"threshold": 300}}  | textRemoval.threshold
          {"textRemoval": {"method": "magic"}} | method
          {"interpolation": "magic"}           | interpolation
          {"interpolation": null}              | interpolation
          {"height": null}                     | height
          {"height": "tall"}                   | height
          {"height": 1}                        | height
          {"width": 100000}                    | width
          """)
  void whatIsWrongIsNamed(String overrides, String field) {
    String message = assertThrows(IllegalArgumentException.class, () -> of(overrides)).getMessage();
    assertTrue(message.contains(field), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"IMG_DIM", "img-dim", "img_dim"})
  void theReferencesImageSizeIsTakenOut(String key) {
    Map<String, Object> overrides = new HashMap<>(Map.of(key, List.of(96, 64), "LR", 0.1));
    assertEquals(InputSpec.ofSize(96, 64), InputOverrides.takeImageSize(DEFAULTS, overrides));
    assertEquals(Map.of("LR", 0.1), overrides);
  }

  @Test
  void withoutAnImageSizeTheDefaultsHold() {
    Map<String, Object> overrides = new HashMap<>(Map.of("LR", 0.1));
    assertSame(DEFAULTS, InputOverrides.takeImageSize(DEFAULTS, overrides));
    assertEquals(Map.of("LR", 0.1), overrides);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[96]", "[96, 96, 3]", "96", "[96.5, 96]", "[\"96\", \"96\"]", "{}"})
  void anImageSizeOfAnotherFormIsNamed(String size) throws JsonProcessingException {
    Map<String, Object> overrides = new HashMap<>();
    overrides.put("IMG_DIM", JSON.readValue(size, Object.class));
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> InputOverrides.takeImageSize(DEFAULTS, overrides));
    assertEquals("IMG_DIM: must be [height, width]", refusal.getMessage());
  }

  private static InputSpec of(String overrides) {
    try {
      JsonNode node = JSON.readTree(overrides);
      return InputOverrides.of(DEFAULTS, node);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
