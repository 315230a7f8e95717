package io.thorax.persistence;

import io.thorax.study.Failure;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.sqlclient.DatabaseException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Sorts what the database and its client throw, in one place.
 *
 * <p>{@link Failure.Transient} is whatever no record can be blamed for: the server is away,
 * starting, stopping, full, a stand-by, refuses the log-in, or two transactions collided. Anything
 * else is {@link Failure.Poison}: asking again gives the same answer. Where the server has spoken,
 * its SQLSTATE decides (PostgreSQL 17, appendix A); else the client's exception does.
 */
final class DatabaseErrors {
  /**
   * Classes (two characters) and codes (five) of SQLSTATE after which another attempt makes sense.
   */
  private static final List<String> TRANSIENT_STATES =
      List.of(
          "08", // connection exception
          "28", // invalid authorization: the password is being rotated
          "3D", // the database does not exist (yet)
          "53", // insufficient resources: connections, memory, disk
          "57", // operator intervention: shutdown, starting up, statement timeout
          "58", // system error: input/output
          "25006", // read-only: a stand-by after a failover
          "25P03", // idle in transaction: the server has closed the connection
          "25P04", // transaction timeout
          "40001", // serialization failure
          "40P01", // deadlock
          "55P03"); // lock not available

  private DatabaseErrors() {}

  static Failure sort(Throwable thrown) {
    List<Throwable> chain = chain(thrown);
    for (Throwable link : chain) {
      if (link instanceof Failure failure) {
        return failure;
      }
    }
    Optional<String> state =
        chain.stream().map(DatabaseErrors::sqlState).flatMap(Optional::stream).findFirst();
    boolean isTransient =
        state.isPresent()
            ? TRANSIENT_STATES.stream().anyMatch(state.get()::startsWith)
            : chain.stream().anyMatch(DatabaseErrors::isConnectionTrouble);
    String message = "database: " + describe(chain, state);
    return isTransient
        ? new Failure.Transient(message, thrown)
        : new Failure.Poison(message, thrown);
  }

  /** Without the server's text, which may quote values. */
  private static String describe(List<Throwable> chain, Optional<String> state) {
    Throwable root =
        chain.stream().filter(link -> link.getCause() == null).findFirst().orElseThrow();
    return state.map(code -> "SQLSTATE " + code).orElse(root.getClass().getSimpleName());
  }

  private static Optional<String> sqlState(Throwable link) {
    if (link instanceof DatabaseException database) {
      return Optional.ofNullable(database.getSqlState());
    }
    if (link instanceof SQLException sql) {
      return Optional.ofNullable(sql.getSQLState());
    }
    return Optional.empty();
  }

  private static boolean isConnectionTrouble(Throwable link) {
    return link instanceof IOException
        || link instanceof TimeoutException
        || link instanceof io.smallrye.mutiny.TimeoutException
        || link instanceof VertxException
        || link instanceof ConnectionPoolTooBusyException
        || link instanceof RejectedExecutionException
        || link instanceof NoStackTraceThrowable; // the pool: no connection in time, or closed
  }

  /** The throwable, its causes and what they suppress, each once, nearest first. */
  private static List<Throwable> chain(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> chain = new ArrayList<>();
    Deque<Throwable> open = new ArrayDeque<>(List.of(thrown));
    while (!open.isEmpty()) {
      Throwable link = open.removeFirst();
      if (seen.add(link)) {
        chain.add(link);
        Optional.ofNullable(link.getCause()).ifPresent(open::addLast);
        open.addAll(Arrays.asList(link.getSuppressed()));
      }
    }
    return chain;
  }
}
