package io.thorax.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.smallrye.mutiny.CompositeException;
import io.thorax.study.Failure;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.hibernate.HibernateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseErrorsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "08006", "28P01", "3D000", "53100", "53300", "57014", "57P01", "57P02", "57P03", "58030",
        "25006", "25P03", "40001", "40P01", "55P03"
      })
  void theServersTroubleIsTransient(String state) {
    assertEquals(Failure.Transient.class, sorted(postgres(state)));
    assertEquals(
        Failure.Transient.class,
        sorted(new CompletionException(new HibernateException("no", sql(state)))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"42P01", "42703", "23505", "23503", "22P02", "22001", "XX000", "25P02"})
  void whatTheServerRefusesIsPoison(String state) {
    assertEquals(Failure.Poison.class, sorted(postgres(state)));
    assertEquals(Failure.Poison.class, sorted(new CompletionException(sql(state))));
  }

  @Test
  void aLostConnectionIsTransient() {
    assertEquals(Failure.Transient.class, sorted(ClosedConnectionException.INSTANCE));
    assertEquals(Failure.Transient.class, sorted(new ConnectException("Connection refused")));
    assertEquals(Failure.Transient.class, sorted(new UnknownHostException("db")));
    assertEquals(Failure.Transient.class, sorted(new TimeoutException()));
    assertEquals(
        Failure.Transient.class,
        sorted(new CompletionException(new HibernateException("x", new ClosedChannelException()))));
  }

  @Test
  void theServersWordCountsMoreThanTheConnectionLostAfterIt() {
    Throwable both = new CompositeException(postgres("42P01"), new ClosedChannelException());

    assertEquals(Failure.Poison.class, sorted(both));
  }

  @Test
  void anythingElseIsPoisonAndFailuresStayWhatTheyAre() {
    assertEquals(Failure.Poison.class, sorted(new NullPointerException()));
    Failure known = new Failure.Transient("known", null);
    assertSame(known, DatabaseErrors.sort(new CompletionException(known)));
  }

  @Test
  void theMessageQuotesNoValues() {
    Failure failure = DatabaseErrors.sort(new SQLException("Key (id)=(secret) exists", "23505"));

    assertEquals("database: SQLSTATE 23505", failure.getMessage());
    assertFalse(
        DatabaseErrors.sort(new ConnectException("secret")).getMessage().contains("secret"));
  }

  private static Class<?> sorted(Throwable thrown) {
    return DatabaseErrors.sort(thrown).getClass();
  }

  private static PgException postgres(String state) {
    return new PgException("no", "ERROR", state, null);
  }

  private static SQLException sql(String state) {
    return new SQLException("no", state);
  }
}
