package io.thorax.objectstore;

import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.messages.Item;
import io.thorax.objectstore.StoreErrors.Direction;
import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The reading half of {@link MinioObjectStore}: answers are held against what they announce. */
final class ObjectReader {
  private static final String UNKNOWN_TYPE = "application/octet-stream";
  private static final Set<String> UNEXPLAINED = Set.of("AccessDenied", "BadRequest");

  private final MinioClient client;
  private final boolean verifyEtag;

  ObjectReader(MinioClient client, boolean verifyEtag) {
    this.client = client;
    this.verifyEtag = verifyEtag;
  }

  /** One or more requests. */
  private interface Call<T> {
    T run() throws Exception;
  }

  private static <T> T read(String bucket, Call<T> call) {
    try {
      return call.run();
    } catch (Exception e) {
      throw StoreErrors.sort(e, Direction.READ, "reading from the bucket " + bucket);
    }
  }

  /** The client refuses names that S3 does not know; an event may bring any. */
  private static <A> A named(Supplier<A> arguments) {
    try {
      return arguments.get();
    } catch (IllegalArgumentException e) {
      throw new Failure.Rejected(
          RejectReason.NOT_FOUND, "no store can hold a bucket or key of that name", e);
    }
  }

  StoredObject get(ObjectAddress address, long maxBytes) {
    if (maxBytes < 1 || maxBytes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("maxBytes: from 1 to 2 GiB, not " + maxBytes);
    }
    return read(
        address.bucket(),
        () -> {
          try (GetObjectResponse body = open(address)) {
            ContentCheck check = ContentCheck.of(body.headers(), verifyEtag);
            byte[] content = content(body, check, maxBytes);
            MessageDigest md5 = ContentCheck.newMd5();
            md5.update(content);
            check.require(content.length, md5, "reading from the bucket " + address.bucket());
            return new StoredObject(
                content,
                check.etag(),
                Optional.ofNullable(body.headers().get("x-amz-version-id")),
                Optional.ofNullable(body.headers().get("Content-Type")).orElse(UNKNOWN_TYPE));
          }
        });
  }

  private GetObjectResponse open(ObjectAddress address) throws Exception {
    return client.getObject(
        named(
            () ->
                GetObjectArgs.builder()
                    .bucket(address.bucket())
                    .object(address.key())
                    .versionId(address.versionId().orElse(null))
                    .build()));
  }

  private static byte[] content(InputStream body, ContentCheck check, long maxBytes)
      throws IOException {
    if (check.announcedLength() > maxBytes) {
      throw tooLarge(check.announcedLength() + " bytes", maxBytes);
    }
    if (check.isLengthKnown()) {
      byte[] content = new byte[(int) check.announcedLength()];
      int received = body.readNBytes(content, 0, content.length);
      return received == content.length ? content : Arrays.copyOf(content, received);
    }
    byte[] content = body.readNBytes((int) maxBytes + 1);
    if (content.length > maxBytes) {
      throw tooLarge("more bytes", maxBytes);
    }
    return content;
  }

  private static Failure tooLarge(String size, long maxBytes) {
    return new Failure.Rejected(
        RejectReason.TOO_LARGE, size + ", where " + maxBytes + " are allowed");
  }

  /** Errors of the local disk are {@link Failure.Poison}: no store is away. */
  void download(ObjectAddress address, Path file) {
    try (PartialFile part = PartialFile.beside(file)) {
      read(address.bucket(), () -> receive(address, part));
      part.complete();
    }
  }

  private long receive(ObjectAddress address, PartialFile part) throws Exception {
    MessageDigest md5 = ContentCheck.newMd5();
    try (GetObjectResponse body = open(address);
        InputStream digested = new DigestInputStream(body, md5)) {
      long received = part.write(digested);
      ContentCheck.of(body.headers(), verifyEtag)
          .require(received, md5, "reading from the bucket " + address.bucket());
      return received;
    }
  }

  boolean exists(ObjectAddress address) {
    try {
      return read(address.bucket(), () -> stat(address));
    } catch (Failure.Rejected rejected) {
      if (rejected.reason() == RejectReason.NOT_FOUND) {
        return false;
      }
      throw rejected;
    }
  }

  /**
   * An answer to HEAD has no body, so a denial does not say whether it is meant for the place or
   * for the service's credentials; a GET does.
   */
  private boolean stat(ObjectAddress address) throws Exception {
    try {
      client.statObject(
          named(
              () ->
                  StatObjectArgs.builder()
                      .bucket(address.bucket())
                      .object(address.key())
                      .versionId(address.versionId().orElse(null))
                      .build()));
      return true;
    } catch (ErrorResponseException e) {
      if (UNEXPLAINED.contains(e.errorResponse().code())) {
        open(address).close();
        return true;
      }
      throw e;
    }
  }

  List<ObjectSummary> list(String bucket, String prefix) {
    return read(
        bucket,
        () -> {
          List<ObjectSummary> found = new ArrayList<>();
          for (Result<Item> result :
              client.listObjects(
                  ListObjectsArgs.builder()
                      .bucket(bucket)
                      .prefix(prefix)
                      .recursive(true)
                      .build())) {
            Item item = result.get();
            if (!item.isDir()) {
              found.add(
                  new ObjectSummary(
                      item.objectName(), item.size(), ContentCheck.unquoted(item.etag())));
            }
          }
          return List.copyOf(found);
        });
  }
}
