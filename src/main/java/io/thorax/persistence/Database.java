package io.thorax.persistence;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.thorax.study.Failure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The way of every repository into the database: a session of its own for each call, errors sorted,
 * waiting bounded.
 *
 * <p>Sessions are opened here and not by {@code SessionFactory.withSession}, which shares the
 * session, and its transaction, among all calls of one Vert.x context: two of them combined in one
 * chain would run into each other.
 */
@ApplicationScoped
public class Database {
  private final Mutiny.SessionFactory sessions;
  private final Vertx vertx;
  private final Duration timeout;

  @Inject
  public Database(Mutiny.SessionFactory sessions, Vertx vertx, DatabaseConfig config) {
    this(sessions, vertx, config.timeout());
  }

  /**
   * @param timeout of one call, waiting for a connection included
   */
  public Database(Mutiny.SessionFactory sessions, Vertx vertx, Duration timeout) {
    this.sessions = sessions;
    this.vertx = vertx;
    this.timeout = timeout;
  }

  /** Work of one statement, which PostgreSQL commits by itself. */
  <T> Uni<T> single(Function<Mutiny.StatelessSession, Uni<T>> statement) {
    return bounded(
        sessions
            .openStatelessSession()
            .chain(
                session ->
                    Uni.createFrom()
                        .deferred(() -> statement.apply(session))
                        .eventually(session::close)));
  }

  /** One row by its key, as the domain knows it. */
  <R, T> Uni<Optional<T>> find(Class<R> row, Object key, Function<R, T> record) {
    return single(
        session -> session.get(row, key).map(found -> Optional.ofNullable(found).map(record)));
  }

  /** Work of several statements, all or none. */
  <T> Uni<T> transaction(Function<Mutiny.StatelessSession, Uni<T>> statements) {
    return single(session -> session.withTransaction(transaction -> statements.apply(session)));
  }

  /**
   * A late answer is dropped, but its session is still closed: the work goes on to its end even if
   * nobody waits for it any more. The timer fires on the caller's context, as the answer does.
   */
  private <T> Uni<T> bounded(Uni<T> work) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              requireEventLoop();
              long timer = vertx.setTimer(timeout.toMillis(), fired -> emitter.fail(late()));
              work.subscribe()
                  .with(
                      item -> {
                        vertx.cancelTimer(timer);
                        emitter.complete(item);
                      },
                      thrown -> {
                        vertx.cancelTimer(timer);
                        fail(emitter, thrown);
                      });
            });
  }

  private static void fail(UniEmitter<?> emitter, Throwable thrown) {
    emitter.fail(DatabaseErrors.sort(thrown));
  }

  private Failure late() {
    return new Failure.Transient("database: no answer within " + timeout.toMillis() + " ms", null);
  }

  private static void requireEventLoop() {
    if (!Context.isOnEventLoopThread()) {
      throw new IllegalStateException(
          "not on an event loop: blocking code reaches the database through DatabaseBridge");
    }
  }
}
