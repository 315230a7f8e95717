package io.thorax.persistence;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgPool;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The pool as the data source configures it, made proof against servers that vanish without a word:
 * else their connections would hang, and fill the pool, until the kernel gives them up after a
 * quarter of an hour.
 *
 * <p>A connection pooler between here and PostgreSQL has to let the start-up parameters {@code
 * application_name} and {@code statement_timeout} pass (PgBouncer: {@code
 * ignore_startup_parameters}).
 */
@Singleton
final class ConnectionPool implements PgPoolCreator {
  /** Longer than any statement of this package: the client would parse it anew at every call. */
  static final int CACHED_STATEMENT_LENGTH = 8192;

  private final Duration timeout;

  @Inject
  ConnectionPool(DatabaseConfig config) {
    timeout = config.timeout();
  }

  @Override
  public Pool create(Input input) {
    input.pgConnectOptionsList().forEach(this::harden);
    input
        .poolOptions()
        .setConnectionTimeout(Math.toIntExact(timeout.toMillis()))
        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
    return PgPool.pool(input.vertx(), input.pgConnectOptionsList(), input.poolOptions());
  }

  /** First the caller gives up, then the server, then the connection. */
  private void harden(PgConnectOptions options) {
    options
        .setPreparedStatementCacheSqlLimit(CACHED_STATEMENT_LENGTH)
        .setConnectTimeout(Math.toIntExact(timeout.toMillis()))
        .setTcpKeepAlive(true)
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setReadIdleTimeout(Math.toIntExact(timeout.multipliedBy(3).toMillis()));
    options
        .addProperty("application_name", "thorax")
        .addProperty("statement_timeout", String.valueOf(timeout.multipliedBy(2).toMillis()));
  }
}
