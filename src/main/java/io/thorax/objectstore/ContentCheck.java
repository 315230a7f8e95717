package io.thorax.objectstore;

import io.thorax.study.Failure;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import okhttp3.Headers;

/**
 * What the store announced of a body, to hold the received bytes against. An etag is the content's
 * MD5 for an object that was put in one piece and is not encrypted with a key of its own (Amazon S3
 * API Reference, "Object"); all others are passed over.
 */
final class ContentCheck {
  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");
  private static final String ENCRYPTION = "x-amz-server-side-encryption";
  private static final long UNKNOWN = -1;

  private final long length;
  private final String etag;
  private final boolean verifyEtag;

  private ContentCheck(long length, String etag, boolean verifyEtag) {
    this.length = length;
    this.etag = etag;
    this.verifyEtag = verifyEtag;
  }

  static ContentCheck of(Headers headers, boolean verifyEtag) {
    String etag = unquoted(headers.get("ETag"));
    String encryption = headers.get(ENCRYPTION);
    boolean ownKey =
        headers.get(ENCRYPTION + "-customer-algorithm") != null
            || encryption != null && !encryption.equals("AES256");
    return new ContentCheck(
        parse(headers.get("Content-Length")),
        etag,
        verifyEtag && !ownKey && MD5.matcher(etag).matches());
  }

  static String unquoted(String etag) {
    return etag == null ? "" : etag.replace("\"", "");
  }

  private static long parse(String length) {
    try {
      return length == null ? UNKNOWN : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return UNKNOWN;
    }
  }

  /** Bytes, or negative if the store did not say. */
  long announcedLength() {
    return length;
  }

  boolean isLengthKnown() {
    return length != UNKNOWN;
  }

  String etag() {
    return etag;
  }

  static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /**
   * @param md5 fed with all of the content
   * @throws Failure.Transient if the content is not what the store announced
   */
  void require(long received, MessageDigest md5, String action) {
    if (isLengthKnown() && received != length) {
      throw new Failure.Transient(
          "%s: the body ended after %d of %d bytes".formatted(action, received, length), null);
    }
    if (verifyEtag && !HexFormat.of().formatHex(md5.digest()).equals(etag)) {
      throw new Failure.Transient(
          action
              + ": the content does not match its etag; if this store's etags are no MD5, set"
              + " thorax.object-store.verify-etag=false",
          null);
    }
  }
}
