package io.thorax.persistence;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thorax.study.Failure;
import java.util.Map;

/**
 * Java to the JSON of a statement's parameter and back from a jsonb column. PostgreSQL's texts have
 * no NUL character: it is written as U+FFFD, so that one record with a strange key cannot fail the
 * statement of its neighbours.
 */
final class Json {
  static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
  static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  private static final ObjectMapper MAPPER =
      new ObjectMapper(new JsonFactoryBuilder().characterEscapes(new NulReplaced()).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private Json() {}

  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not writable as JSON: " + value.getClass(), e);
    }
  }

  static <T> T read(String json, TypeReference<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new Failure.Poison("database: a row holds JSON of another form", e);
    }
  }

  /**
   * Of a text that a caller hands over as JSON.
   *
   * @throws IllegalArgumentException if it is none
   */
  static String require(String text, String field) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node.isMissingNode()) {
        throw new IllegalArgumentException(field + ": empty, not JSON");
      }
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(field + ": not JSON", e);
    }
  }

  private static final class NulReplaced extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private static final SerializableString REPLACEMENT = new SerializedString("\\ufffd");

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      codes[0] = ESCAPE_CUSTOM;
      return codes;
    }

    /** Asked for characters beyond ASCII as well: those stay as they are. */
    @Override
    public SerializableString getEscapeSequence(int character) {
      return character == 0 ? REPLACEMENT : null;
    }
  }
}
