package io.thorax.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.thorax.imaging.InputSpec;
import java.util.Locale;
import java.util.Map;

/** The configured input specification with what a request wants otherwise. */
final class InputOverrides {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String IMG_DIM = "img-dim";

  private InputOverrides() {}

  /**
   * @param overrides any of the specification's fields; null for none
   * @throws IllegalArgumentException naming what is unknown or out of range
   */
  static InputSpec of(InputSpec defaults, JsonNode overrides) {
    if (overrides == null || overrides.isNull()) {
      return defaults;
    }
    if (!overrides.isObject()) {
      throw new IllegalArgumentException("input: not an object");
    }
    try {
      ObjectNode merged = (ObjectNode) JSON.readTree(defaults.canonicalJson());
      merge(merged, overrides, "input");
      return InputSpec.ofJson(merged.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("input: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Takes the reference's IMG_DIM out of a training's overrides.
   *
   * @param overrides is changed
   */
  static InputSpec takeImageSize(InputSpec defaults, Map<String, Object> overrides) {
    String key =
        overrides.keySet().stream()
            .filter(name -> name.toLowerCase(Locale.ROOT).replace('_', '-').equals(IMG_DIM))
            .findFirst()
            .orElse(null);
    if (key == null) {
      return defaults;
    }
    JsonNode size = JSON.valueToTree(overrides.remove(key));
    if (!size.isArray() || size.size() != 2 || !size.get(0).isInt() || !size.get(1).isInt()) {
      throw new IllegalArgumentException(key + ": must be [height, width]");
    }
    ObjectNode dimensions = JSON.createObjectNode();
    dimensions.set("height", size.get(0));
    dimensions.set("width", size.get(1));
    return of(defaults, dimensions);
  }

  /** Names of constants as the configuration spells them: {@code navier-stokes}. */
  private static JsonNode constant(JsonNode value) {
    return value.isTextual()
        ? TextNode.valueOf(value.textValue().toUpperCase(Locale.ROOT).replace('-', '_'))
        : value;
  }

  private static void merge(ObjectNode into, JsonNode from, String path) {
    from.fields()
        .forEachRemaining(
            field -> {
              JsonNode present = into.get(field.getKey());
              if (present == null) {
                throw new IllegalArgumentException(path + "." + field.getKey() + ": no such field");
              }
              if (present.isObject() && field.getValue().isObject()) {
                merge((ObjectNode) present, field.getValue(), path + "." + field.getKey());
              } else {
                into.set(field.getKey(), constant(field.getValue()));
              }
            });
  }
}
