package io.thorax.objectstore;

import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.UploadObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.thorax.objectstore.StoreErrors.Direction;
import io.thorax.study.Failure;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The store behind an S3 endpoint: what writes and sets up here, what reads in {@link
 * ObjectReader}.
 */
@ApplicationScoped
class MinioObjectStore implements ObjectStore {
  private static final int ONLY_ATTEMPT = 1;

  private final ObjectStoreConfig config;
  private final MinioClient client;
  private final ObjectReader reader;

  @Inject
  MinioObjectStore(ObjectStoreConfig config) {
    this.config = config;
    this.client = MinioClients.of(config);
    this.reader = new ObjectReader(client, config.verifyEtag());
  }

  @PreDestroy
  void close() throws Exception {
    client.close();
  }

  /** One or more requests. */
  private interface Call<T> {
    T run() throws Exception;
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
    return reader.get(address, maxBytes);
  }

  @Override
  public void download(ObjectAddress address, Path file) {
    reader.download(address, file);
  }

  @Override
  public boolean exists(ObjectAddress address) {
    return reader.exists(address);
  }

  @Override
  public List<ObjectSummary> list(String bucket, String prefix) {
    return reader.list(bucket, prefix);
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
