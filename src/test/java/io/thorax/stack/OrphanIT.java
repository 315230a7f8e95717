package io.thorax.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A launcher that is killed leaves its servers running; the next start ends them. */
class OrphanIT {
  private static final Path DIRECTORY = StackFiles.target().resolve("stack").resolve("orphan-test");

  private final int kafkaPort = Ports.free();
  private final int postgresPort = Ports.free();
  private final int s3Port = Ports.free();

  @BeforeEach
  void empty() {
    try (StackDirectory directory = StackDirectory.open(DIRECTORY)) {
      directory.endOrphans(System.out::println);
      directory.clean();
    }
  }

  @Test
  void theNextStartEndsWhatAKilledLauncherLeftAndKeepsItsData() throws Exception {
    ChildProcess launcher = launchStack();
    List<ProcessHandle> orphans = recordedProcesses();
    assertEquals(3, orphans.size());
    keep();

    ProcessHandle.of(launcher.pid()).orElseThrow().destroyForcibly();
    assertTrue(launcher.awaitExit(Duration.ofSeconds(20)));
    launcher.kill();
    assertTrue(orphans.stream().allMatch(ProcessHandle::isAlive));
    Files.delete(DIRECTORY.resolve("pids").resolve("postgres.pid"));

    List<String> lines = new ArrayList<>();
    try (EmbeddedStack stack =
        EmbeddedStack.builder()
            .directory(DIRECTORY)
            .ports(0, 0, 0)
            .progress(
                line -> {
                  synchronized (lines) {
                    lines.add(line);
                  }
                })
            .start()) {
      assertFalse(orphans.stream().anyMatch(ProcessHandle::isAlive));
      assertEquals(2, lines.stream().filter(line -> line.contains("left by a killed run")).count());
      assertEquals(1, kept(stack.postgres().database()));
    }
  }

  @Test
  void aProcessThatOnlyHasTheRecordedIdIsSpared() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "60").start();
    try (StackDirectory directory = StackDirectory.open(DIRECTORY)) {
      Path records = Files.createDirectories(DIRECTORY.resolve("pids"));
      PidRecord real = PidRecord.of(stranger.toHandle());
      new PidRecord(real.pid(), real.start().minusSeconds(60)).write(records.resolve("kafka.pid"));

      directory.endOrphans(System.out::println);

      assertTrue(stranger.isAlive());
      assertFalse(Files.exists(records.resolve("kafka.pid")));
    } finally {
      stranger.destroyForcibly();
    }
  }

  private ChildProcess launchStack() throws Exception {
    String classPath =
        StackFiles.target().resolve("test-classes")
            + ":"
            + String.join(":", StackFiles.testClassPath().stream().map(Path::toString).toList());
    Path log = StackFiles.target().resolve("stack").resolve("orphan-launcher.log");
    Files.deleteIfExists(log);
    ChildProcess launcher =
        ChildProcess.launch(
            "launcher",
            List.of(
                Commands.java(),
                "-Dbasedir=" + StackFiles.baseDirectory(),
                "-Dstack.directory=" + DIRECTORY,
                "-Dstack.kafka.port=" + kafkaPort,
                "-Dstack.postgres.port=" + postgresPort,
                "-Dstack.s3.port=" + s3Port,
                "-cp",
                classPath,
                EmbeddedStackMain.class.getName()),
            Map.of(),
            log,
            StackFiles.target().resolve("stack").resolve("orphan-launcher.pid"));
    while (!Files.readString(log).contains("Ready.")) {
      if (!launcher.isAlive()) {
        throw launcher.failure("ended", null);
      }
      Pause.briefly();
    }
    return launcher;
  }

  private static List<ProcessHandle> recordedProcesses() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY.resolve("pids"))) {
      return files
          .flatMap(file -> PidRecord.read(file).stream())
          .flatMap(record -> record.process().stream())
          .toList();
    }
  }

  private void keep() throws Exception {
    PostgresServer.Database database =
        new PostgresServer.Database(
            "postgresql://" + Ports.HOST + ":" + postgresPort + "/" + PostgresServer.DATABASE,
            PostgresServer.USER,
            PostgresServer.PASSWORD);
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create table kept (number int)");
      statement.execute("insert into kept values (1)");
    }
  }

  private static int kept(PostgresServer.Database database) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from kept")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
