package io.thorax.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.lang.invoke.MethodType;
import java.util.Collection;
import java.util.Map;

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

  /** Names the field, in words for a sender who knows nothing of our classes. */
  static String reason(Exception e) {
    if (!(e instanceof JsonMappingException mapping)) {
      return e.getMessage();
    }
    if (mapping.getCause() instanceof IllegalArgumentException cause) {
      return cause.getMessage();
    }
    String path = path(mapping);
    return (path.isEmpty() ? "data" : path) + ": " + mismatch(mapping);
  }

  private static String path(JsonMappingException mapping) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference part : mapping.getPath()) {
      if (part.getFieldName() == null) {
        path.append('[').append(part.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(part.getFieldName());
      }
    }
    return path.toString();
  }

  private static String mismatch(JsonMappingException mapping) {
    if (mapping.getCause() instanceof InputCoercionException) {
      return "out of range";
    }
    if (!(mapping instanceof MismatchedInputException mismatch)
        || mismatch.getTargetType() == null) {
      return "of the wrong form";
    }
    Class<?> wanted = MethodType.methodType(mismatch.getTargetType()).wrap().returnType();
    if (wanted == String.class) {
      return "not a text";
    } else if (wanted == Boolean.class) {
      return "neither true nor false";
    } else if (wanted == Integer.class || wanted == Long.class) {
      return "not a whole number";
    } else if (wanted == Double.class) {
      return "not a number";
    } else if (Collection.class.isAssignableFrom(wanted)) {
      return "not an array";
    } else if (wanted.isRecord() || Map.class.isAssignableFrom(wanted)) {
      return "not an object";
    }
    return "of the wrong form";
  }
}
