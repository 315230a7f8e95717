package io.thorax.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import io.thorax.study.Failure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class DatabaseErrorsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void aServerThatIsKilledIsTransientAndTheSameClientGoesOnWhenItIsBack() throws Exception {
    try (DatabaseServer server = DatabaseServer.start();
        DatabaseClient client = new DatabaseClient(server.port(), 4, PATIENCE)) {
      PredictionRepository predictions = new PredictionRepository(client.database());
      client.await(() -> predictions.save(List.of(Samples.classified("before"))));
      CompletableFuture<Integer> inFlight =
          CompletableFuture.supplyAsync(() -> client.await(() -> sleep(client.database(), 20)));
      Awaitility.await().until(() -> "1".equals(server.query(SLEEPING)));

      server.kill();

      ExecutionException cut = assertThrows(ExecutionException.class, inFlight::get);
      assertTransient(cut.getCause());
      for (int attempt = 0; attempt < 5; attempt++) {
        assertTransient(
            assertThrows(
                Failure.class,
                () -> client.await(() -> predictions.save(List.of(Samples.classified("lost"))))));
      }
      server.launch();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptionsInstanceOf(Failure.Transient.class)
          .until(
              () ->
                  client.await(() -> predictions.latest(PageRequest.first(9))).items().size() == 1);
      client.await(() -> predictions.save(List.of(Samples.classified("after"))));
    }
  }

  @Test
  void aServerThatStopsAnsweringIsTransientWithinTheTimeout() {
    try (DatabaseServer server = DatabaseServer.start();
        DatabaseClient client = new DatabaseClient(server.port(), 2, Duration.ofMillis(1500))) {
      assertEquals(1, client.await(() -> sleep(client.database(), 0)));

      server.freeze();

      for (int call = 0; call < 4; call++) {
        Failure failure =
            assertThrows(Failure.class, () -> client.await(() -> sleep(client.database(), 0)));
        assertTransient(failure);
        assertEquals("database: no answer within 1500 ms", failure.getMessage());
      }
      server.thaw();
      Awaitility.await()
          .ignoreExceptionsInstanceOf(Failure.Transient.class)
          .until(() -> client.await(() -> sleep(client.database(), 0)) == 1);
    }
  }

  @Test
  void aStatementThatIsWrongIsPoison() {
    try (DatabaseClient client = new DatabaseClient(OnDatabase.server().port(), 2, PATIENCE)) {
      for (String wrong :
          List.of("select nonsense from nowhere", "select 1 / 0", "insert into model values (1)")) {
        Failure failure =
            assertThrows(
                Failure.class,
                () -> client.await(() -> client.database().single(s -> run(s, wrong))));
        assertTrue(failure instanceof Failure.Poison, wrong + ": " + failure);
      }
    }
  }

  @Test
  void aStatementThatTheServerCutsShortIsTransient() {
    try (DatabaseClient client = new DatabaseClient(OnDatabase.server().port(), 2, PATIENCE)) {
      Failure failure =
          assertThrows(
              Failure.class,
              () ->
                  client.await(
                      () ->
                          client
                              .database()
                              .transaction(
                                  session ->
                                      run(session, "set local statement_timeout = 50")
                                          .chain(() -> run(session, "select pg_sleep(5)")))));
      assertTransient(failure);
      assertEquals("database: SQLSTATE 57014", failure.getMessage());
    }
  }

  @Test
  void anExhaustedPoolIsTransientAndRecovers() {
    try (DatabaseClient client =
        new DatabaseClient(OnDatabase.server().port(), 1, Duration.ofMillis(700))) {
      CompletableFuture<Integer> hog =
          CompletableFuture.supplyAsync(() -> client.await(() -> sleep(client.database(), 2)));
      Awaitility.await().until(() -> "1".equals(OnDatabase.server().query(SLEEPING)));

      assertTransient(
          assertThrows(Failure.class, () -> client.await(() -> sleep(client.database(), 0))));
      assertThrows(ExecutionException.class, hog::get);
      Awaitility.await()
          .ignoreExceptionsInstanceOf(Failure.Transient.class)
          .until(() -> client.await(() -> sleep(client.database(), 0)) == 1);
    }
  }

  @Test
  void aClosedClientIsTransient() {
    DatabaseClient client = new DatabaseClient(OnDatabase.server().port(), 1, PATIENCE);
    client.await(() -> sleep(client.database(), 0));
    client.closeFactory();

    assertTransient(
        assertThrows(Failure.class, () -> client.await(() -> sleep(client.database(), 0))));
    client.close();
  }

  @Test
  void waitingOnAnEventLoopIsRefusedAndSoIsTheDatabaseOffOne() throws Exception {
    DatabaseClient client = OnDatabase.client();
    CompletableFuture<Throwable> refusal = new CompletableFuture<>();
    client
        .vertx()
        .runOnContext(
            started -> {
              try {
                client.await(() -> Uni.createFrom().item(1));
                refusal.complete(null);
              } catch (RuntimeException thrown) {
                refusal.complete(thrown);
              }
            });

    assertEquals(IllegalStateException.class, refusal.get().getClass());
    assertThrows(
        IllegalStateException.class, () -> sleep(client.database(), 0).await().indefinitely());
  }

  @Test
  void anInterruptedWaiterIsTransientAndStaysInterrupted() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<String> end = new CompletableFuture<>();
    Thread waiter =
        new Thread(
            () -> {
              started.countDown();
              try {
                OnDatabase.await(() -> sleep(OnDatabase.database(), 1));
                end.complete("not interrupted");
              } catch (Failure.Transient thrown) {
                end.complete("transient, interrupted: " + Thread.currentThread().isInterrupted());
              }
            });
    waiter.start();
    started.await();
    waiter.interrupt();

    assertEquals("transient, interrupted: true", end.get());
  }

  private static final String SLEEPING =
      "select count(*) from pg_stat_activity where query like '%sleeper%' and state = 'active'"
          + " and pid <> pg_backend_pid()";

  private static Uni<Integer> sleep(Database database, int seconds) {
    return database.single(
        session ->
            session
                .createNativeQuery(
                    "select 1 as sleeper from (select pg_sleep(" + seconds + ")) s", Integer.class)
                .getSingleResult());
  }

  private static Uni<Integer> run(
      org.hibernate.reactive.mutiny.Mutiny.StatelessSession session, String sql) {
    return session.createNativeQuery(sql).executeUpdate();
  }

  private static void assertTransient(Throwable thrown) {
    assertTrue(thrown instanceof Failure.Transient, () -> "not transient: " + thrown);
  }
}
