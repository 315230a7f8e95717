package io.thorax.objectstore;

import io.quarkus.runtime.configuration.MemorySize;
import io.thorax.stack.S3Server;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The real object store without CDI, for tests of any package. */
public final class TestObjectStores {
  private TestObjectStores() {}

  /** On a running S3 server, with the default settings. */
  public static ObjectStore on(S3Server server) {
    return new MinioObjectStore(config(server));
  }

  static Config config(S3Server server) {
    return Config.of(server.endpoint(), server.accessKey(), server.secretKey());
  }

  record Config(
      URI endpoint,
      Optional<String> accessKey,
      Optional<String> secretKey,
      Duration readTimeout,
      boolean verifyEtag)
      implements ObjectStoreConfig {

    static Config of(String endpoint, String accessKey, String secretKey) {
      return new Config(
          URI.create(endpoint),
          Optional.of(accessKey),
          Optional.of(secretKey),
          Duration.ofSeconds(30),
          true);
    }

    Config withReadTimeout(Duration timeout) {
      return new Config(endpoint, accessKey, secretKey, timeout, verifyEtag);
    }

    Config withoutEtags() {
      return new Config(endpoint, accessKey, secretKey, readTimeout, false);
    }

    @Override
    public String region() {
      return "us-east-1";
    }

    @Override
    public String artifactsBucket() {
      return "thorax";
    }

    @Override
    public Duration connectTimeout() {
      return Duration.ofSeconds(5);
    }

    @Override
    public Duration writeTimeout() {
      return readTimeout;
    }

    @Override
    public int maxConnections() {
      return 64;
    }

    @Override
    public MemorySize partSize() {
      return new MemorySize(BigInteger.valueOf(5L << 20));
    }
  }
}
