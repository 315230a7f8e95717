package io.thorax.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresServerIT {
  private static final Path DIRECTORY =
      StackFiles.target().resolve("stack").resolve("postgres-test");

  private StackDirectory directory;

  @BeforeEach
  void open() {
    directory = StackDirectory.open(DIRECTORY);
    directory.endOrphans(System.out::println);
    directory.clean();
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @Test
  void runsAsNobodyWhereRootMayNotMakeANamespace() {
    assumeTrue(
        "root".equals(System.getProperty("user.name"))
            && Commands.works(PostgresIdentity.NOBODY.command("true").toArray(String[]::new)));
    PostgresServer server = server(PostgresIdentity.NOBODY);
    server.start();
    server.kill();
    server.start();
    server.stop();
    assertTrue(!server.isRunning());
  }

  @Test
  void refusesToServeWhenCommitsAreNotDurable() throws Exception {
    PostgresServer server = server(PostgresIdentity.detect());
    server.start();
    try (Connection connection = server.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("alter role thorax set synchronous_commit = off");
    }
    server.stop();

    String message = assertThrows(IllegalStateException.class, server::start).getMessage();
    server.kill();

    assertEquals(
        "PostgreSQL runs with synchronous_commit=off: what it commits may be lost", message);
  }

  private PostgresServer server(PostgresIdentity identity) {
    return PostgresServer.embedded(directory.home(Duration.ofSeconds(120)), Ports.free(), identity);
  }
}
