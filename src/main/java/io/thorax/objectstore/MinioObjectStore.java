package io.thorax.objectstore;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.UploadObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.messages.Item;
import io.thorax.objectstore.StoreErrors.Direction;
import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The store behind an S3 endpoint. */
@ApplicationScoped
class MinioObjectStore implements ObjectStore {
  private static final int ONLY_ATTEMPT = 1;
  private static final Set<String> UNEXPLAINED = Set.of("AccessDenied", "BadRequest");

  private final ObjectStoreConfig config;
  private final MinioClient client;

  @Inject
  MinioObjectStore(ObjectStoreConfig config) {
    this.config = config;
    this.client = MinioClients.of(config);
  }

  @PreDestroy
  void close() throws Exception {
    client.close();
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

  private static <T> T write(String bucket, Call<T> call) {
    try {
      return call.run();
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (Exception e) {
      throw StoreErrors.sort(e, Direction.WRITE, "writing to the bucket " + bucket);
    }
  }

  @Override
  public StoredObject get(ObjectAddress address, long maxBytes) {
    if (maxBytes < 1 || maxBytes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("maxBytes: from 1 to 2 GiB, not " + maxBytes);
    }
    return read(
        address.bucket(),
        () -> {
          try (ObjectBody body = open(address)) {
            return body.whole(maxBytes);
          }
        });
  }

  private ObjectBody open(ObjectAddress address) throws Exception {
    GetObjectArgs arguments =
        named(
            () ->
                GetObjectArgs.builder()
                    .bucket(address.bucket())
                    .object(address.key())
                    .versionId(address.versionId().orElse(null))
                    .build());
    return new ObjectBody(client.getObject(arguments), config.verifyEtag());
  }

  @Override
  public void put(ObjectAddress address, byte[] content, String contentType) {
    write(
        address.bucket(),
        () ->
            client.putObject(
                PutObjectArgs.builder()
                    .bucket(address.bucket())
                    .object(address.key())
                    .data(content, content.length)
                    .contentType(contentType)
                    .maxRetries(ONLY_ATTEMPT)
                    .build()));
  }

  @Override
  public void upload(Path file, ObjectAddress address, String contentType) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("no such file: " + file);
    }
    write(
        address.bucket(),
        () ->
            client.uploadObject(
                UploadObjectArgs.builder()
                    .bucket(address.bucket())
                    .object(address.key())
                    .filename(file.toString(), config.partSize().asLongValue())
                    .contentType(contentType)
                    .maxRetries(ONLY_ATTEMPT)
                    .build()));
  }

  @Override
  public void download(ObjectAddress address, Path file) {
    read(
        address.bucket(),
        () -> {
          Path directory = file.toAbsolutePath().getParent();
          Files.createDirectories(directory);
          Path part = Files.createTempFile(directory, ".download-", ".part");
          try {
            try (ObjectBody body = open(address)) {
              body.copyTo(part);
            }
            Files.move(
                part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
          } finally {
            Files.deleteIfExists(part);
          }
          return file;
        });
  }

  @Override
  public boolean exists(ObjectAddress address) {
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

  @Override
  public List<ObjectSummary> list(String bucket, String prefix) {
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

  @Override
  public void delete(ObjectAddress address) {
    write(
        address.bucket(),
        () -> {
          client.removeObject(
              RemoveObjectArgs.builder()
                  .bucket(address.bucket())
                  .object(address.key())
                  .versionId(address.versionId().orElse(null))
                  .build());
          return address;
        });
  }

  @Override
  public void ensureBucket(String bucket) {
    write(
        bucket,
        () -> {
          if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
            make(bucket);
          }
          return bucket;
        });
  }

  /** Another process may have been faster. */
  private void make(String bucket) throws Exception {
    try {
      client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
    } catch (ErrorResponseException e) {
      if (!e.errorResponse().code().equals("BucketAlreadyOwnedByYou")) {
        throw e;
      }
    }
  }

  @Override
  public void ping() {
    String bucket = config.artifactsBucket();
    boolean exists;
    try {
      exists = client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build());
    } catch (Exception e) {
      Failure failure = StoreErrors.sort(e, Direction.WRITE, "asking for the bucket " + bucket);
      throw new Failure.Transient(failure.getMessage(), e);
    }
    if (!exists) {
      throw new Failure.Transient(
          "the bucket " + bucket + " does not exist; see thorax.object-store.artifacts-bucket",
          null);
    }
  }
}
