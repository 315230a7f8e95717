package io.thorax.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The servers keep what they acknowledged, however often they are killed. */
class EmbeddedStackIT {
  private static EmbeddedStack stack;

  @BeforeAll
  static void startStack() {
    stack =
        EmbeddedStack.builder()
            .directory(StackFiles.target().resolve("stack").resolve("kill-test"))
            .freePorts()
            .clean(true)
            .topic("kept", 2)
            .start();
  }

  @AfterAll
  static void stopStack() {
    stack.close();
  }

  @Test
  void everyAcknowledgedRecordOutlivesAKilledBroker() throws Exception {
    try (Acknowledged records = Acknowledged.records(stack.kafka(), "kept")) {
      killWhileWriting(stack.kafka(), records);
    }
  }

  @Test
  void everyCommittedRowOutlivesAKilledDatabase() throws Exception {
    try (Acknowledged rows = Acknowledged.rows(stack.postgres().createDatabase("kept"))) {
      killWhileWriting(stack.postgres(), rows);
    }
  }

  @Test
  void everyStoredObjectOutlivesAKilledStore() throws Exception {
    stack.s3().createBucket("kept");
    try (Acknowledged objects = Acknowledged.objects(stack.s3(), "kept")) {
      killWhileWriting(stack.s3(), objects);
    }
  }

  private static void killWhileWriting(EmbeddedServer server, Acknowledged writes)
      throws Exception {
    String address = server.address();
    for (int kills = 1; kills <= 2; kills++) {
      writes.writeUntil(100 * kills);
      server.kill();
      writes.stop();
      assertFalse(server.isRunning());
      assertFalse(Ports.answers(server.port()));
      server.start();
      System.out.printf(
          "%s killed after %d acknowledged writes, back after %.1f s%n",
          server.title(), writes.acknowledged().size(), EmbeddedStack.seconds(server.startTime()));
      assertEquals(address, server.address());
      assertTrue(writes.acknowledged().size() >= 100 * kills);
      assertTrue(writes.found().containsAll(writes.acknowledged()));
    }
  }

  @Test
  void topicsAreThereWithTheirPartitions() throws Exception {
    try (var admin = stack.kafka().admin()) {
      Map<String, ?> topics =
          admin.describeTopics(Topics.PARTITIONS.keySet()).allTopicNames().get();
      assertEquals(Topics.PARTITIONS.size(), topics.size());
      assertEquals(
          8,
          admin
              .describeTopics(java.util.List.of("xray.uploaded"))
              .allTopicNames()
              .get()
              .get("xray.uploaded")
              .partitions()
              .size());
    }
  }

  @Test
  void wrongSecretsAreRefused() throws Exception {
    PostgresServer.Database right = stack.postgres().database();
    PostgresServer.Database wrong =
        new PostgresServer.Database(right.url(), right.user(), "guessed");
    assertThrows(java.sql.SQLException.class, wrong::connect);
  }

  @Test
  void aDirectoryInUseIsRefused() {
    EmbeddedStackBuilder second =
        EmbeddedStack.builder()
            .directory(StackFiles.target().resolve("stack").resolve("kill-test"))
            .freePorts();
    String message = assertThrows(IllegalStateException.class, second::start).getMessage();
    assertTrue(message.contains("kill-test"), message);
    assertTrue(message.contains("-Dstack.directory"), message);
  }

  @Test
  void aTakenPortIsNamedWithTheServerAndTheProperty() {
    EmbeddedStackBuilder second =
        EmbeddedStack.builder()
            .directory(StackFiles.target().resolve("stack").resolve("port-test"))
            .ports(0, stack.postgres().port(), 0);
    String message = assertThrows(IllegalStateException.class, second::start).getMessage();
    assertTrue(message.contains("port " + stack.postgres().port()), message);
    assertTrue(message.contains("PostgreSQL server"), message);
    assertTrue(message.contains("-Dstack.postgres.port"), message);
  }
}
