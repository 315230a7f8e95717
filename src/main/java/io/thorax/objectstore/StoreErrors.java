package io.thorax.objectstore;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.ServerException;
import io.minio.errors.XmlParserException;
import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The one place that tells what an error of the store means. Codes after "Error responses" of the
 * Amazon S3 API Reference, and MinIO's own.
 *
 * <p>The rule behind it: what concerns the whole service (network, load, credentials, clocks, a
 * proxy's answer in the store's stead) is transient, since no image may be dropped for it; what
 * concerns the one object asked for rejects that; what is neither is poison.
 */
final class StoreErrors {
  /** Whether the call reads what an event names, or writes where the set-up says. */
  enum Direction {
    READ,
    WRITE
  }

  private static final Set<String> CREDENTIALS =
      Set.of(
          "AccountProblem",
          "AuthorizationHeaderMalformed",
          "AuthorizationQueryParametersError",
          "CredentialsNotSupported",
          "ExpiredToken",
          "InvalidAccessKeyId",
          "InvalidSecurity",
          "InvalidToken",
          "MissingSecurityHeader",
          "NotSignedUp",
          "RequestExpired",
          "RequestTimeTooSkewed",
          "SignatureDoesNotMatch",
          "TokenRefreshRequired",
          "UnauthorizedAccess");

  private static final Set<String> OVERLOADED =
      Set.of(
          "BadDigest",
          "IncompleteBody",
          "InternalError",
          "NoSuchUpload",
          "OperationAborted",
          "QuotaExceeded",
          "RequestLimitExceeded",
          "RequestTimeout",
          "ServiceUnavailable",
          "SlowDown",
          "SlowDownRead",
          "SlowDownWrite",
          "Throttling",
          "ThrottlingException",
          "TooManyRequests",
          "XAmzContentSHA256Mismatch",
          "XMinioAdminBucketQuotaExceeded",
          "XMinioServerNotInitialized",
          "XMinioStorageFull");

  private static final Set<String> DENIED = Set.of("AccessDenied", "AllAccessDisabled");

  private static final Set<String> NO_SUCH_PLACE =
      Set.of("InvalidBucketName", "InvalidObjectName", "InvalidVersionId", "KeyTooLongError");

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private StoreErrors() {}

  /**
   * @param action what was done, for the message; no key, since keys may tell of a patient
   */
  static Failure sort(Throwable thrown, Direction direction, String action) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure failure) {
        return failure;
      }
      if (cause instanceof ErrorResponseException answer) {
        return sort(answer, direction, action);
      }
      if (cause instanceof ServerException failed) {
        return isForNow(failed.statusCode())
            ? away(action, "HTTP status " + failed.statusCode(), thrown)
            : refused(action, "HTTP status " + failed.statusCode(), thrown);
      }
      if (cause instanceof InvalidResponseException || cause instanceof XmlParserException) {
        return away(action, "not the answer of an S3 store", thrown);
      }
      if (cause instanceof FileSystemException || cause instanceof FileNotFoundException) {
        return PartialFile.ofTheDisk((IOException) cause);
      }
      if (cause instanceof IOException) {
        return away(action, cause.toString(), thrown);
      }
    }
    return refused(action, thrown.toString(), thrown);
  }

  private static Failure sort(ErrorResponseException thrown, Direction direction, String action) {
    String code = Objects.requireNonNullElse(thrown.errorResponse().code(), "");
    int status = thrown.response().code();
    String answer = "HTTP status " + status + ", " + code;
    if (CREDENTIALS.contains(code) || status == UNAUTHORIZED) {
      return new Failure.Transient(
          "%s: the object store does not accept the credentials (%s); see thorax.object-store.access-key"
              .formatted(action, answer),
          thrown);
    }
    if (OVERLOADED.contains(code) || isForNow(status)) {
      return away(action, answer, thrown);
    }
    if (isMissing(thrown, code, status)) {
      return about(
          direction, RejectReason.NOT_FOUND, "no such bucket, key or version", action, thrown);
    }
    if (DENIED.contains(code) || status == FORBIDDEN && code.isEmpty()) {
      return about(
          direction, RejectReason.FORBIDDEN_LOCATION, "the object store denies it", action, thrown);
    }
    return refused(action, answer, thrown);
  }

  private static boolean isForNow(int status) {
    return status >= SERVER_ERROR || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
  }

  /**
   * AWS says 405 for the version that marks a deletion, and InvalidArgument for a false version.
   */
  private static boolean isMissing(ErrorResponseException thrown, String code, int status) {
    boolean deleted =
        status == METHOD_NOT_ALLOWED
            && "true".equals(thrown.response().header("x-amz-delete-marker"));
    boolean falseVersion =
        code.equals("InvalidArgument")
            && thrown.errorResponse().message() != null
            && thrown.errorResponse().message().toLowerCase(Locale.ROOT).contains("version id");
    return status == NOT_FOUND || deleted || falseVersion || NO_SUCH_PLACE.contains(code);
  }

  private static Failure about(
      Direction direction, RejectReason reason, String detail, String action, Throwable cause) {
    if (direction == Direction.READ) {
      return new Failure.Rejected(reason, detail, redacted(cause));
    }
    return new Failure.Transient(
        action + ": " + detail + "; see the bucket and its policy", redacted(cause));
  }

  private static Failure away(String action, String answer, Throwable cause) {
    return new Failure.Transient(
        action + ": the object store is away (" + answer + ")", redacted(cause));
  }

  private static Failure refused(String action, String answer, Throwable cause) {
    return new Failure.Poison(
        action + ": the object store refuses (" + answer + ")", redacted(cause));
  }

  /**
   * The client's exceptions print the request, its signature and the object's key, which may tell
   * of a patient: only what kind it was and where it was thrown goes on.
   */
  private static Throwable redacted(Throwable cause) {
    Exception kind = new Exception(cause.getClass().getName());
    kind.setStackTrace(cause.getStackTrace());
    return kind;
  }
}
