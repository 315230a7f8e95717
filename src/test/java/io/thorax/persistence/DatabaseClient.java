package io.thorax.persistence;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.provider.ReactiveServiceRegistryBuilder;
import org.hibernate.reactive.vertx.VertxInstance;
import org.hibernate.reactive.vertx.impl.ProvidedVertxInstance;

/** Hibernate Reactive as the service uses it, without Quarkus. */
final class DatabaseClient implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final SessionFactory factory;
  private final DatabaseBridge bridge = new DatabaseBridge(vertx);
  private final Database database;

  DatabaseClient(int port, int connections, Duration timeout) {
    Configuration configuration =
        new Configuration()
            .addAnnotatedClass(PredictionEntity.class)
            .addAnnotatedClass(ReferenceEntity.class)
            .addAnnotatedClass(RejectionEntity.class)
            .addAnnotatedClass(DeliveryRangeEntity.class)
            .addAnnotatedClass(WorkItemEntity.class)
            .addAnnotatedClass(RunEntity.class)
            .addAnnotatedClass(DatasetEntity.class)
            .addAnnotatedClass(ModelEntity.class)
            .addAnnotatedClass(AliasEntity.class)
            .setProperty(
                "jakarta.persistence.jdbc.url", "postgresql://127.0.0.1:" + port + "/postgres")
            .setProperty("jakarta.persistence.jdbc.user", "postgres")
            .setProperty("jakarta.persistence.jdbc.password", "postgres")
            .setProperty("hibernate.connection.pool_size", String.valueOf(connections))
            .setProperty("hibernate.cache.use_reference_entries", "true")
            .setProperty("hibernate.vertx.prepared_statement_cache.max_size", "256")
            .setProperty(
                "hibernate.vertx.prepared_statement_cache.sql_limit",
                String.valueOf(ConnectionPool.CACHED_STATEMENT_LENGTH));
    factory =
        configuration.buildSessionFactory(
            new ReactiveServiceRegistryBuilder()
                .applySettings(configuration.getProperties())
                .addService(VertxInstance.class, new ProvidedVertxInstance(vertx))
                .build());
    database = new Database(factory.unwrap(Mutiny.SessionFactory.class), vertx, timeout);
  }

  Database database() {
    return database;
  }

  Vertx vertx() {
    return vertx;
  }

  <T> T await(Supplier<Uni<T>> work) {
    return bridge.await(work);
  }

  void closeFactory() {
    factory.close();
  }

  @Override
  public void close() {
    factory.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
