package io.thorax.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Collectors;

/** Requests as rows hold them, and what is wrong with one in words for its sender. */
final class Requests {
  private Requests() {}

  static String json(ObjectMapper mapper, Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not to be written: " + value.getClass(), e);
    }
  }

  static <T> T read(ObjectMapper mapper, String json, Class<T> type) {
    try {
      return mapper.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row that cannot be read as " + type, e);
    }
  }

  static <T> T read(ObjectMapper mapper, String json, TypeReference<T> type) {
    try {
      return mapper.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row that cannot be read as " + type.getType(), e);
    }
  }

  /** Names the field. */
  static String reason(Exception e) {
    if (e instanceof JsonMappingException mapping) {
      if (mapping.getCause() instanceof IllegalArgumentException cause) {
        return cause.getMessage();
      }
      String path =
          mapping.getPath().stream()
              .map(
                  part ->
                      part.getFieldName() == null
                          ? "[" + part.getIndex() + "]"
                          : part.getFieldName())
              .collect(Collectors.joining("."));
      return path + ": " + mapping.getOriginalMessage();
    }
    return e.getMessage();
  }
}
