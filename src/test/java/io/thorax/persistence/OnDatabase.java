package io.thorax.persistence;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;

/** Tests that share one server, each starting with empty tables. */
abstract class OnDatabase {
  private static final DatabaseServer SERVER = DatabaseServer.start();
  private static final DatabaseClient CLIENT =
      new DatabaseClient(SERVER.port(), 16, Duration.ofSeconds(30));

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  CLIENT.close();
                  SERVER.close();
                }));
  }

  @BeforeEach
  void empty() {
    SERVER.execute(
        "truncate prediction, prediction_reference, rejection, delivery_range, work_item,"
            + " training_run, dataset, model, model_alias");
  }

  static DatabaseServer server() {
    return SERVER;
  }

  static DatabaseClient client() {
    return CLIENT;
  }

  static Database database() {
    return CLIENT.database();
  }

  static <T> T await(Supplier<Uni<T>> work) {
    return CLIENT.await(work);
  }
}
