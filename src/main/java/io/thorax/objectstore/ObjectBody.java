package io.thorax.objectstore;

import io.minio.GetObjectResponse;
import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * An object as the store sends it: to be read once, to its end, and then held against the length
 * and the digest that the store has announced.
 */
final class ObjectBody implements AutoCloseable {
  private static final String UNKNOWN_TYPE = "application/octet-stream";

  private final GetObjectResponse response;
  private final ContentCheck check;

  ObjectBody(GetObjectResponse response, boolean verifyEtag) {
    this.response = response;
    this.check = ContentCheck.of(response.headers(), verifyEtag);
  }

  /**
   * @throws Failure.Rejected TOO_LARGE
   * @throws Failure.Transient if it is not what was stored
   */
  StoredObject whole(long maxBytes) throws IOException {
    byte[] content = content(maxBytes);
    MessageDigest md5 = ContentCheck.newMd5();
    md5.update(content);
    require(content.length, md5);
    return new StoredObject(
        content,
        check.etag(),
        Optional.ofNullable(response.headers().get("x-amz-version-id")),
        Optional.ofNullable(response.headers().get("Content-Type")).orElse(UNKNOWN_TYPE));
  }

  private byte[] content(long maxBytes) throws IOException {
    if (check.announcedLength() > maxBytes) {
      throw tooLarge(check.announcedLength() + " bytes", maxBytes);
    }
    if (check.isLengthKnown()) {
      byte[] content = new byte[(int) check.announcedLength()];
      int received = response.readNBytes(content, 0, content.length);
      return received == content.length ? content : Arrays.copyOf(content, received);
    }
    byte[] content = response.readNBytes((int) maxBytes + 1);
    if (content.length > maxBytes) {
      throw tooLarge("more bytes", maxBytes);
    }
    return content;
  }

  private static Failure tooLarge(String size, long maxBytes) {
    return new Failure.Rejected(
        RejectReason.TOO_LARGE, size + ", where " + maxBytes + " are allowed");
  }

  /**
   * @throws Failure.Transient if it is not what was stored
   */
  void copyTo(Path file) throws IOException {
    MessageDigest md5 = ContentCheck.newMd5();
    try (InputStream digested = new DigestInputStream(response, md5)) {
      require(Files.copy(digested, file, StandardCopyOption.REPLACE_EXISTING), md5);
    }
  }

  private void require(long received, MessageDigest md5) {
    check.require(received, md5, "reading from the bucket " + response.bucket());
  }

  @Override
  public void close() throws IOException {
    response.close();
  }
}
