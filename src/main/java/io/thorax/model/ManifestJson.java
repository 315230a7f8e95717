package io.thorax.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.thorax.study.Sha256;

/**
 * The manifest's JSON. Canonical means: names sorted, no white space, numbers in their shortest
 * form by an algorithm that is the same on every JDK (Double.toString is not: JDK-4511638).
 */
final class ManifestJson {
  /** A digest is a plain string; the domain's values know no JSON. */
  private abstract static class PlainDigest {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    PlainDigest(String hex) {}

    @JsonValue
    abstract String hex();
  }

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build())
          .addModule(new JavaTimeModule())
          .addMixIn(Sha256.class, PlainDigest.class)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private ManifestJson() {}

  static String canonical(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values is always writable", e);
    }
  }

  static String write(ModelManifest manifest) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values is always writable", e);
    }
  }

  static ModelManifest read(String json) {
    try {
      return MAPPER.readValue(json, ModelManifest.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a model's manifest: " + e.getOriginalMessage(), e);
    }
  }
}
