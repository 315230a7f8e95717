package io.thorax.workflow;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.runtime.StartupEvent;
import io.thorax.objectstore.InMemoryObjectStore;
import io.thorax.study.Failure;
import io.thorax.workflow.Outages.Server;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArtifactsBucketTest {
  private static final String BUCKET = "thorax";
  private static Vertx vertx;

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private Outages outages;
  private ArtifactsBucket bucket;

  @BeforeAll
  static void startVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stopVertx() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @BeforeEach
  void open() {
    outages = new Outages(vertx);
    bucket = new ArtifactsBucket(store, BUCKET, outages, new io.vertx.mutiny.core.Vertx(vertx));
  }

  @Test
  void aFreshStoreHasTheBucketAfterTheStart() {
    assertThrows(Failure.Rejected.class, () -> store.list(BUCKET, ""));
    bucket.ensure().await().indefinitely();
    assertEquals(List.of(), store.list(BUCKET, ""));
  }

  @Test
  void theStartWaitsForNoStore() {
    store.away();
    bucket.start(new StartupEvent());
    await().until(() -> outages.away().equals(Set.of(Server.OBJECT_STORE)));
    store.back();
    await().until(() -> outages.away().isEmpty());
    assertEquals(List.of(), store.list(BUCKET, ""));
  }
}
