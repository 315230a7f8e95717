package io.thorax.stack;

import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * An S3 server over a directory (s3proxy, filesystem-nio2). An acknowledged object outlives {@link
 * #kill()}: it is written beside its place and renamed. What a kill interrupts stays in the listing
 * under the object's key with {@code -<random UUID>} behind it, whole or in part: code that lists
 * must stand such strangers. The server calls no fsync, so a loss of power is not covered.
 */
public final class S3Server extends EmbeddedServer {
  public static final String ACCESS_KEY = "thorax";
  public static final String SECRET_KEY = "thorax-secret";
  public static final String REGION = "us-east-1";

  private static final Kind KIND =
      new Kind("s3", "S3 server", StackProperties.S3_PORT, StackProperties.S3_ENDPOINT);

  /** Of our own, since the MinIO client's default reads all the machine's certificates first. */
  private static final OkHttpClient HTTP =
      new OkHttpClient.Builder().protocols(List.of(Protocol.HTTP_1_1)).build();

  private final String endpoint;
  private final String accessKey;
  private final String secretKey;
  private final List<String> buckets;

  S3Server(
      Home home,
      int port,
      Optional<String> external,
      String accessKey,
      String secretKey,
      List<String> buckets) {
    super(KIND, home, port, external.isPresent());
    this.endpoint = external.orElseGet(() -> "http://" + Ports.HOST + ":" + port);
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    this.buckets = List.copyOf(buckets);
  }

  /** {@code http://host:port}, without a path. */
  public String endpoint() {
    return endpoint;
  }

  public String accessKey() {
    return accessKey;
  }

  public String secretKey() {
    return secretKey;
  }

  /** A plain client, for what the service's own port does not offer; the caller closes it. */
  public MinioClient client() {
    return MinioClient.builder()
        .endpoint(endpoint())
        .region(REGION)
        .credentials(accessKey, secretKey)
        .httpClient(HTTP)
        .build();
  }

  public void createBucket(String bucket) {
    try (MinioClient client = client()) {
      if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
        client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
      }
    } catch (Exception e) {
      throw new IllegalStateException("cannot create the bucket " + bucket, e);
    }
  }

  @Override
  List<String> prepare() throws IOException {
    Path objects = Files.createDirectories(data().resolve("objects"));
    Path settings = data().resolve("s3proxy.conf");
    Files.writeString(
        settings,
        """
        s3proxy.endpoint=%s
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        jclouds.provider=filesystem-nio2
        jclouds.filesystem.basedir=%s
        """
            .formatted(endpoint(), accessKey, secretKey, objects));
    return List.of(
        Commands.java(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-jar",
        StackFiles.s3Jar().toString(),
        "--properties",
        settings.toString());
  }

  @Override
  void probe() throws Exception {
    try (MinioClient client = client()) {
      client.listBuckets();
    } catch (MinioException e) {
      throw new IllegalStateException("the S3 server does not list its buckets", e);
    }
  }

  @Override
  void afterStart() {
    buckets.forEach(this::createBucket);
  }

  @Override
  public String address() {
    return endpoint();
  }
}
