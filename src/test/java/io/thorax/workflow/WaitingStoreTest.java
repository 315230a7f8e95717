package io.thorax.workflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thorax.objectstore.InMemoryObjectStore;
import io.thorax.objectstore.ObjectAddress;
import io.thorax.objectstore.ObjectStore;
import io.thorax.study.Failure;
import io.thorax.workflow.Outages.Server;
import io.thorax.workflow.TaskControl.Stop;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class WaitingStoreTest {
  private static final String OWN = "thorax";
  private static final ObjectAddress IMAGE = ObjectAddress.of("xrays", "a.png");

  private final InMemoryObjectStore store = new InMemoryObjectStore("xrays", OWN);
  private final Outages outages = new Outages(null);
  private final TaskControl task = new TaskControl(self -> {});
  private final ObjectStore waiting = new WaitingStore(store, OWN, outages, task);

  @Test
  void aCallEndsWellWhenTheStoreIsBackAndTheProcessIsNotReadyMeanwhile() throws Exception {
    store.put(IMAGE, new byte[] {1, 2}, "image/png");
    store.away();
    CompletableFuture<byte[]> content =
        CompletableFuture.supplyAsync(() -> waiting.get(IMAGE, 10).content());
    awaitAway();
    assertFalse(content.isDone());

    store.back();

    assertArrayEquals(new byte[] {1, 2}, content.get());
    assertEquals(Set.of(), outages.away());
  }

  @Test
  void aStopIsHeardWhileTheStoreIsAway() throws Exception {
    store.away();
    CompletableFuture<Boolean> asked = CompletableFuture.supplyAsync(() -> waiting.exists(IMAGE));
    awaitAway();

    task.stop(Stop.CANCELLED);

    ExecutionException stopped = assertThrows(ExecutionException.class, asked::get);
    assertEquals(TaskStopped.class, stopped.getCause().getClass());
    assertEquals(Set.of(), outages.away(), "nobody waits any more");
  }

  @Test
  void onlyADenialOfTheOwnBucketIsWaitedOut() throws Exception {
    store.deny("xrays");
    store.deny(OWN);
    assertThrows(Failure.Rejected.class, () -> waiting.get(IMAGE, 10));
    CompletableFuture<Boolean> asked =
        CompletableFuture.supplyAsync(() -> waiting.exists(ObjectAddress.of(OWN, "images/1")));
    awaitAway();
    task.stop(Stop.CLOSING);
    assertThrows(ExecutionException.class, asked::get);
  }

  @Test
  void whatIsMissingIsRejectedAtOnce() {
    assertThrows(Failure.Rejected.class, () -> waiting.get(IMAGE, 10));
    assertEquals(Set.of(), outages.away());
  }

  private void awaitAway() throws InterruptedException {
    while (!outages.away().contains(Server.OBJECT_STORE)) {
      Thread.sleep(5);
    }
  }
}
