package io.thorax.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import io.thorax.study.ImageReference;
import io.thorax.study.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads fields of an event; what is wrong is said with the field's path. */
final class DataReader {
  private final JsonNode node;
  private final String path;

  /**
   * @param path how messages call the node, for instance {@code data}
   */
  DataReader(JsonNode node, String path) {
    this.node = node;
    this.path = path;
  }

  DataReader object(String field) {
    JsonNode value = node.path(field);
    if (!value.isObject()) {
      throw wrong(field, value.isMissingNode() ? "missing" : "not an object");
    }
    return new DataReader(value, path + "." + field);
  }

  List<DataReader> objects(String field) {
    JsonNode value = node.path(field);
    if (!value.isArray()) {
      throw wrong(field, value.isMissingNode() ? "missing" : "not an array");
    }
    List<DataReader> elements = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      if (!value.get(i).isObject()) {
        throw wrong(field + "[" + i + "]", "not an object");
      }
      elements.add(new DataReader(value.get(i), path + "." + field + "[" + i + "]"));
    }
    return elements;
  }

  String text(String field) {
    return optionalText(field).orElseThrow(() -> wrong(field, "missing"));
  }

  Optional<String> optionalText(String field) {
    if (!isPresent(field)) {
      return Optional.empty();
    }
    JsonNode value = node.get(field);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw wrong(field, "not a text with content");
    }
    return Optional.of(value.textValue());
  }

  /** For senders that write an empty text where they have nothing to say. */
  Optional<String> textIfAny(String field) {
    if (!isPresent(field)) {
      return Optional.empty();
    }
    JsonNode value = node.get(field);
    if (!value.isTextual()) {
      throw wrong(field, "not a text");
    }
    return Optional.of(value.textValue()).filter(text -> !text.isBlank());
  }

  List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    if (isPresent(field)) {
      JsonNode value = node.get(field);
      if (!value.isArray()) {
        throw wrong(field, "not an array of texts");
      }
      for (JsonNode element : value) {
        if (!element.isTextual()) {
          throw wrong(field, "not an array of texts");
        }
        texts.add(element.textValue());
      }
    }
    return texts;
  }

  /** A reference to an image that this node tells of; what is wrong is said with its path. */
  ImageReference reference(
      String bucket,
      String key,
      Optional<String> versionId,
      Optional<String> etag,
      Optional<Sha256> sha256) {
    try {
      return new ImageReference(
          bucket, key, versionId, etag.map(tag -> tag.replace("\"", "")), sha256);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  JsonNode node() {
    return node;
  }

  MalformedEventException wrong(String field, String why) {
    return wrong(field + ": " + why);
  }

  MalformedEventException wrong(String fieldAndWhy) {
    return new MalformedEventException(path + "." + fieldAndWhy);
  }

  private boolean isPresent(String field) {
    return node.hasNonNull(field);
  }
}
