package io.thorax.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thorax.objectstore.InMemoryObjectStore;
import io.thorax.objectstore.ObjectAddress;
import io.thorax.objectstore.ObjectSummary;
import io.thorax.persistence.WorkItem;
import io.thorax.persistence.WorkState;
import io.thorax.study.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CheckpointSweepTest {
  private static final String BUCKET = "thorax";
  private static final UUID RUN = new UUID(7, 7);
  private static final Duration RETENTION = Duration.ofDays(7);

  private final InMemoryObjectStore store = new InMemoryObjectStore(BUCKET);
  private final Map<UUID, WorkItem> items = new HashMap<>();
  private final CheckpointSweep sweep =
      new CheckpointSweep(store, BUCKET, id -> Optional.ofNullable(items.get(id)), RETENTION);

  @Test
  void theCheckpointsOfAFinishedTrialGoAndNothingElse() {
    trial(0, WorkState.FINISHED, Duration.ZERO);
    put("runs/" + RUN + "/0/report.html");
    put("runs/" + RUN + "/notes/checkpoint-000001.zip");
    put("models/1/checkpoint-000001.zip");

    sweep.sweep();

    assertEquals(
        List.of(
            "models/1/checkpoint-000001.zip",
            "runs/" + RUN + "/0/report.html",
            "runs/" + RUN + "/notes/checkpoint-000001.zip"),
        keys());
  }

  @Test
  void whatCanBeGoneOnWithStays() {
    trial(0, WorkState.WAITING, Duration.ZERO);
    trial(1, WorkState.RUNNING, Duration.ZERO);
    trial(2, WorkState.CANCELLED, RETENTION.minusHours(1));
    trial(3, WorkState.FAILED, RETENTION.minusHours(1));
    List<String> before = keys();

    sweep.sweep();

    assertEquals(before, keys());
  }

  @Test
  void whatNobodyWentOnWithGoesAfterItsTime() {
    trial(2, WorkState.CANCELLED, RETENTION.plusHours(1));
    trial(3, WorkState.FAILED, RETENTION.plusHours(1));

    sweep.sweep();

    assertEquals(List.of(), keys());
  }

  @Test
  void whatNoRowIsKnownOfStays() {
    put("runs/" + RUN + "/5/checkpoint-000001.zip");
    sweep.sweep();
    assertEquals(1, keys().size());
  }

  @Test
  void whatAnOutageLeftBehindGoesTheNextTime() {
    trial(0, WorkState.FINISHED, Duration.ZERO);
    store.away();
    assertThrows(Failure.Transient.class, sweep::sweep);
    store.back();
    sweep.sweep();
    assertEquals(List.of(), keys());
  }

  private void trial(int number, WorkState state, Duration endedAgo) {
    put("runs/" + RUN + "/" + number + "/checkpoint-000001.zip");
    put("runs/" + RUN + "/" + number + "/checkpoint-000002.zip");
    UUID id = TrainTrial.item(RUN, number);
    items.put(id, WorkItems.trial(id, RUN, number, state, Instant.now().minus(endedAgo)));
  }

  private void put(String key) {
    store.put(ObjectAddress.of(BUCKET, key), new byte[1], "application/zip");
  }

  private List<String> keys() {
    return store.list(BUCKET, "").stream().map(ObjectSummary::key).toList();
  }
}
