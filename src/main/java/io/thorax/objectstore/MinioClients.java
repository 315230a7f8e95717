package io.thorax.objectstore;

import io.minio.Http;
import io.minio.MinioClient;
import io.minio.credentials.AwsEnvironmentProvider;
import io.minio.credentials.ChainedProvider;
import io.minio.credentials.IamAwsProvider;
import io.minio.credentials.Provider;
import io.minio.credentials.StaticProvider;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * Makes clients that do not retry: whoever called knows better when to ask again. The client's own
 * interceptor would ask a store that says SlowDown three times more. (OkHttp repeats a request only
 * when a pooled connection turns out to be closed, which is wanted.)
 */
final class MinioClients {
  private static final int KEEP_ALIVE_SECONDS = 60;

  private MinioClients() {}

  static MinioClient of(ObjectStoreConfig config) {
    return MinioClient.builder()
        .endpoint(config.endpoint().toString())
        .region(config.region())
        .credentialsProvider(credentials(config))
        .httpClient(httpClient(config), true)
        .build();
  }

  private static OkHttpClient httpClient(ObjectStoreConfig config) {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(config.maxConnections());
    dispatcher.setMaxRequestsPerHost(config.maxConnections());
    OkHttpClient.Builder builder =
        base(config.endpoint())
            .protocols(List.of(Protocol.HTTP_1_1))
            .dispatcher(dispatcher)
            .connectionPool(
                new ConnectionPool(config.maxConnections(), KEEP_ALIVE_SECONDS, TimeUnit.SECONDS))
            .connectTimeout(config.connectTimeout())
            .readTimeout(config.readTimeout())
            .writeTimeout(config.writeTimeout());
    builder.interceptors().clear();
    return builder.build();
  }

  /**
   * The client's default knows the certificates of {@code SSL_CERT_FILE} and {@code SSL_CERT_DIR}.
   * It takes seconds to read them, for nothing where the store is called without TLS.
   */
  private static OkHttpClient.Builder base(URI endpoint) {
    return "https".equalsIgnoreCase(endpoint.getScheme())
        ? Http.newDefaultClient().newBuilder()
        : new OkHttpClient.Builder();
  }

  private static Provider credentials(ObjectStoreConfig config) {
    if (config.accessKey().isPresent() != config.secretKey().isPresent()) {
      throw new IllegalArgumentException(
          "thorax.object-store.access-key and thorax.object-store.secret-key: give both or neither");
    }
    if (config.accessKey().isEmpty()) {
      return new ChainedProvider(new AwsEnvironmentProvider(), new IamAwsProvider(null, null));
    }
    return new StaticProvider(
        config.accessKey().orElseThrow(), config.secretKey().orElseThrow(), null);
  }
}
