package io.thorax.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An error as RFC 9457 has it.
 *
 * @param type tells the kinds apart; a name, not an address
 * @param errors which fields are wrong; absent if none is to blame
 */
record Problem(
    String type,
    String title,
    int status,
    Optional<String> detail,
    Optional<String> instance,
    Optional<List<FieldError>> errors) {

  static final String MEDIA_TYPE = "application/problem+json";

  private static final Map<Integer, Kind> KINDS =
      Map.of(
          400, new Kind("invalid-request", "Bad Request"),
          404, new Kind("not-found", "Not Found"),
          405, new Kind("method-not-allowed", "Method Not Allowed"),
          406, new Kind("not-acceptable", "Not Acceptable"),
          409, new Kind("conflict", "Conflict"),
          413, new Kind("too-large", "Content Too Large"),
          415, new Kind("unsupported-format", "Unsupported Media Type"),
          422, new Kind("rejected", "Unprocessable Content"),
          500, new Kind("internal-error", "Internal Server Error"),
          503, new Kind("unavailable", "Service Unavailable"));

  private record Kind(String name, String title) {}

  /** A field, parameter or header that is wrong, and why. */
  record FieldError(String field, String detail) {}

  static Problem of(int status, String detail) {
    Optional<Kind> kind = Optional.ofNullable(KINDS.get(status));
    return new Problem(
        kind.map(known -> "urn:thorax:problem:" + known.name()).orElse("about:blank"),
        kind.map(Kind::title).orElse("HTTP " + status),
        status,
        Optional.of(detail),
        Optional.empty(),
        Optional.empty());
  }

  static Problem ofField(String field, String why) {
    Problem problem = of(400, field + ": " + why);
    return new Problem(
        problem.type,
        problem.title,
        problem.status,
        problem.detail,
        problem.instance,
        Optional.of(List.of(new FieldError(field, why))));
  }

  /** As it happened at that path, or under that name in the log. */
  Problem at(String where) {
    return new Problem(type, title, status, detail, Optional.of(where), errors);
  }
}
