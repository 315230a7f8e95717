package io.thorax.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.configuration.MemorySize;
import io.thorax.study.DicomUid;
import io.thorax.study.ModelReference;
import io.thorax.study.Sha256;
import io.thorax.workflow.ClassificationRequest.Priority;
import io.thorax.workflow.InvalidInputException;
import io.thorax.workflow.Paging;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads what clients give. Parameters arrive as text, so that a wrong one is answered with its
 * name.
 */
@Singleton
class Inputs {
  private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");
  private static final int LONGEST_REASON = 500;
  static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final ApiConfig config;
  private final ObjectMapper json;

  Inputs(ApiConfig config, ObjectMapper json) {
    this.config = config;
    this.json = json;
  }

  Paging paging(PageQuery page) {
    return new Paging(
        present(page.limit).map(text -> integer("limit", text)).orElse(config.pageSize()),
        present(page.cursor));
  }

  static UUID uuid(String field, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(field, "not a UUID", e);
    }
  }

  static Sha256 sha256(String field, String text) {
    String lowerCase = text.toLowerCase(Locale.ROOT);
    if (!Sha256.isValid(lowerCase)) {
      throw new InvalidInputException(field, "not a SHA-256 in hexadecimal");
    }
    return new Sha256(lowerCase);
  }

  static Optional<String> studyInstanceUid(String text) {
    return matching("studyInstanceUid", text, DicomUid::isValid, "not a DICOM UID");
  }

  static Optional<String> model(String text) {
    return matching("model", text, ModelReference::isValid, "neither an alias nor a digest");
  }

  /** An alias is never taken for a digest. */
  static String alias(String text) {
    String alias =
        matching(
                "alias",
                text,
                ModelReference::isValid,
                "must be 1 to 64 letters, digits, dots, dashes, underscores")
            .orElseThrow(() -> new InvalidInputException("alias", "missing"));
    if (!ModelReference.isAlias(alias)) {
      throw new InvalidInputException("alias", "must not look like a digest");
    }
    return alias;
  }

  static Optional<String> idempotencyKey(String text) {
    return matching(
        "Idempotency-Key",
        text,
        KEY.asMatchPredicate(),
        "must be 1 to 200 visible ASCII characters");
  }

  static Priority priority(String text) {
    return switch (present(text).orElse("routine")) {
      case "routine" -> Priority.ROUTINE;
      case "urgent" -> Priority.URGENT;
      default -> throw new InvalidInputException("priority", "neither routine nor urgent");
    };
  }

  /** Methods, separated by commas. */
  static List<String> explain(String text) {
    return present(text).stream()
        .flatMap(list -> Arrays.stream(list.split(",")))
        .map(String::trim)
        .flatMap(
            method ->
                matching(
                    "explain", method, METHOD.asMatchPredicate(), "not a method of explanation")
                    .stream())
        .toList();
  }

  /**
   * A whole body, as far as it is not too large.
   *
   * @param body blocks until its sender has sent it
   */
  static byte[] bytes(InputStream body, MemorySize limit) {
    int most = (int) Math.min(limit.asLongValue(), LONGEST_ARRAY - 1);
    try {
      byte[] content = body.readNBytes(most + 1);
      if (content.length > most) {
        throw Refusal.tooLarge("The body may have " + most + " bytes.");
      }
      return content;
    } catch (IOException e) {
      throw new InvalidInputException("body", "broke off", e);
    }
  }

  /** A body that must be a JSON object. */
  ObjectNode object(InputStream body) {
    byte[] content = bytes(body, config.maxRequestSize());
    try {
      if (json.readTree(content) instanceof ObjectNode object) {
        return object;
      }
      throw new InvalidInputException("body", "not a JSON object");
    } catch (JsonProcessingException e) {
      throw new InvalidInputException("body", "not JSON: malformed" + at(e.getLocation()), e);
    } catch (IOException e) {
      throw new InvalidInputException("body", "not JSON", e);
    }
  }

  static Optional<String> reason(ObjectNode body) {
    JsonNode reason = body.path("reason");
    if (reason.isMissingNode() || reason.isNull()) {
      return Optional.empty();
    }
    if (!reason.isTextual() || reason.textValue().length() > LONGEST_REASON) {
      throw new InvalidInputException(
          "reason", "must be a text of at most " + LONGEST_REASON + " characters");
    }
    return present(reason.textValue());
  }

  static Optional<String> present(String text) {
    return Optional.ofNullable(text).filter(given -> !given.isBlank());
  }

  private static Optional<String> matching(
      String field, String text, Predicate<String> form, String otherwise) {
    Optional<String> given = present(text);
    if (given.isPresent() && !form.test(given.get())) {
      throw new InvalidInputException(field, otherwise);
    }
    return given;
  }

  private static int integer(String field, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(field, "not a whole number", e);
    }
  }

  private static String at(JsonLocation place) {
    return place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
  }
}
