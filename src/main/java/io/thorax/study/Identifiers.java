package io.thorax.study;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Identifiers that follow from what they name (UUID version 5, RFC 9562 section 5.5), so that the
 * same work carries the same ones whenever and wherever it is done.
 */
public final class Identifiers {
  /** The namespace of Thorax: version 5 of "thorax.io" in the DNS namespace. */
  public static final UUID NAMESPACE =
      version5(UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "thorax.io");

  private Identifiers() {}

  /** Of the prediction that a model makes of an image. */
  public static UUID prediction(Sha256 image, Sha256 model) {
    return version5(NAMESPACE, "prediction:" + image + ":" + model);
  }

  /** Of a rejection: of one image at one place, for one reason. */
  public static UUID rejection(ImageReference image, RejectReason reason) {
    return version5(
        NAMESPACE,
        "rejection:"
            + image.place()
            + ":"
            + image.etag().orElse("")
            + ":"
            + image.sha256().map(Sha256::hex).orElse("")
            + ":"
            + reason.wireName());
  }

  /** Of anything else: {@code kind} keeps the names of different things apart. */
  public static UUID of(String kind, String name) {
    return version5(NAMESPACE, kind + ":" + name);
  }

  /** UUID version 5 of a name in a namespace. */
  public static UUID version5(UUID namespace, String name) {
    MessageDigest sha1 = sha1();
    sha1.update(
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(namespace.getMostSignificantBits())
            .putLong(namespace.getLeastSignificantBits())
            .array());
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
    long high = (hash.getLong() & ~0xF000L) | 0x5000L;
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
