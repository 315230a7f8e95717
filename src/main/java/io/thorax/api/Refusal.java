package io.thorax.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;

/** A request that is refused, with words for its sender. */
final class Refusal extends WebApplicationException {
  private static final long serialVersionUID = 1L;

  private Refusal(int status, String detail) {
    super(detail, Response.status(status).build());
  }

  static Refusal notFound(String what) {
    return new Refusal(404, what);
  }

  static Refusal conflict(String why) {
    return new Refusal(409, why);
  }

  static Refusal tooLarge(String what) {
    return new Refusal(413, what);
  }

  static Refusal unsupported(String what) {
    return new Refusal(415, what);
  }

  /** What there is, or 404. */
  static <T> T orNotFound(Optional<T> found, Supplier<String> what) {
    return found.orElseThrow(() -> notFound(what.get()));
  }
}
