package io.thorax.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkQueueIT extends OnDatabase {
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final int MAX_ATTEMPTS = 3;

  private final WorkQueue queue = new WorkQueue(database());
  private final UUID run = UUID.randomUUID();

  @Test
  void queueingAgainMakesNoSecondItem() {
    List<NewWork> trials = trials(3);

    assertEquals(3, await(() -> queue.enqueue(trials)));
    assertEquals(0, await(() -> queue.enqueue(trials)));
    assertEquals(0, await(() -> queue.enqueue(List.of())));

    assertEquals(3, await(() -> queue.depth("trial")));
    List<WorkItem> items = await(() -> queue.ofParent(run));
    assertEquals(List.of(0, 1, 2), items.stream().map(WorkItem::ordinal).toList());
    assertEquals("{\"rate\": 0.00001}", items.get(0).specJson());
    assertThrows(IllegalArgumentException.class, () -> work(UUID.randomUUID(), 0, "{"));
  }

  @Test
  void workersThatClaimAtOnceNeverShareAnItem() throws Exception {
    await(() -> queue.enqueue(trials(60)));
    ExecutorService workers = Executors.newFixedThreadPool(12);
    List<Future<List<UUID>>> hauls = new ArrayList<>();
    for (int worker = 0; worker < 12; worker++) {
      String owner = "worker-" + worker;
      hauls.add(workers.submit(() -> claimAll(owner)));
    }

    List<UUID> claimed = new ArrayList<>();
    for (Future<List<UUID>> haul : hauls) {
      claimed.addAll(haul.get());
    }
    workers.shutdown();

    assertEquals(60, claimed.size());
    assertEquals(60, new HashSet<>(claimed).size());
  }

  @Test
  void oldestAndFirstIsClaimedFirst() {
    await(() -> queue.enqueue(trials(2)));
    await(() -> queue.enqueue(List.of(work(UUID.randomUUID(), 0, "{}"))));

    assertEquals(0, claim("a").orElseThrow().item().ordinal());
    assertEquals(1, claim("a").orElseThrow().item().ordinal());
    assertTrue(claim("a").isPresent());
    assertEquals(Optional.empty(), claim("a"));
    assertEquals(Optional.empty(), await(() -> queue.claim("assembly", "a", LEASE, 3)));
  }

  @Test
  void aDeadWorkersItemIsTakenOverAndItsWritesAreRefused() {
    await(() -> queue.enqueue(trials(1)));
    Claim dead = claim("dead").orElseThrow();
    await(() -> queue.heartbeat(dead, "{\"epoch\": 2}", LEASE));
    assertEquals(Optional.empty(), claim("heir"));
    expireLeases();

    Claim heir = claim("heir").orElseThrow();

    assertEquals(dead.item().id(), heir.item().id());
    assertEquals(2, heir.item().attempts());
    assertTrue(heir.token() > dead.token());
    assertEquals(Optional.of("{\"epoch\": 2}"), heir.item().progressJson());
    assertEquals(Heartbeat.LOST, await(() -> queue.heartbeat(dead, "{\"epoch\": 9}", LEASE)));
    assertFalse(await(() -> queue.finish(dead, "{}")));
    assertFalse(await(() -> queue.fail(dead, "too late")));
    assertFalse(await(() -> queue.cancelled(dead)));
    assertFalse(await(() -> queue.release(dead, Duration.ZERO)));
    assertFalse(await(() -> queue.retry(dead, "too late", Duration.ZERO)));
    assertFalse(await(() -> queue.checkpointed(dead)));
    assertTrue(await(() -> queue.finish(heir, "{\"auc\": 0.9}")));
    assertFalse(await(() -> queue.announced(dead)));
    assertTrue(await(() -> queue.announced(heir)));
    WorkItem item = find(heir);
    assertEquals(WorkState.FINISHED, item.state());
    assertEquals(Optional.of("{\"auc\": 0.9}"), item.resultJson());
    assertEquals(Optional.of("{\"epoch\": 2}"), item.progressJson());
  }

  @Test
  void aLateWorkerWhoseItemNobodyTookMayGoOn() {
    await(() -> queue.enqueue(trials(1)));
    Claim claim = claim("slow").orElseThrow();
    expireLeases();

    assertEquals(Heartbeat.MINE, await(() -> queue.heartbeat(claim, LEASE)));
    assertEquals(Optional.empty(), claim("other"));
    assertTrue(await(() -> queue.finish(claim, "{}")));
  }

  @Test
  void whoDiesBeforeTheAnnouncementLeavesItToAnother() {
    await(() -> queue.enqueue(trials(1)));
    Claim dead = claim("dead").orElseThrow();
    assertTrue(await(() -> queue.finish(dead, "{\"auc\": 0.9}")));
    assertEquals(Optional.empty(), claim("heir"));
    expireLeases();

    Claim heir = claim("heir").orElseThrow();

    assertTrue(heir.announceOnly());
    assertEquals(1, heir.item().attempts());
    assertEquals(Optional.of("{\"auc\": 0.9}"), heir.item().resultJson());
    assertTrue(await(() -> queue.announced(heir)));
    expireLeases();
    assertEquals(Optional.empty(), claim("third"));
  }

  @Test
  void anItemThatKillsItsWorkersIsGivenUpWithACause() {
    await(() -> queue.enqueue(trials(1)));
    for (int crash = 0; crash < MAX_ATTEMPTS; crash++) {
      assertFalse(claim("victim").orElseThrow().announceOnly());
      expireLeases();
    }

    Claim last = claim("undertaker").orElseThrow();

    assertTrue(last.announceOnly());
    assertEquals(WorkState.FAILED, last.item().state());
    assertEquals(
        Optional.of("given up after 3 attempts, the last by victim"), last.item().failure());
    assertTrue(last.item().finishedAt().isPresent());
    assertTrue(await(() -> queue.announced(last)));
  }

  @Test
  void durableProgressAndGivingBackDoNotCountAsAttempts() {
    await(() -> queue.enqueue(trials(1)));
    for (int turn = 0; turn < 3 * MAX_ATTEMPTS; turn++) {
      Claim claim = claim("patient").orElseThrow();
      assertFalse(claim.announceOnly());
      if (turn % 2 == 0) {
        assertTrue(await(() -> queue.release(claim, Duration.ZERO)));
      } else {
        assertTrue(await(() -> queue.checkpointed(claim)));
        expireLeases();
      }
    }
  }

  @Test
  void aFailureThatIsRetriedCountsAndWaitsItsPause() {
    await(() -> queue.enqueue(trials(1)));
    Claim claim = claim("a").orElseThrow();
    assertTrue(await(() -> queue.retry(claim, "out of memory", Duration.ofMinutes(1))));
    assertEquals(Optional.empty(), claim("a"));
    expireLeases();

    Claim again = claim("a").orElseThrow();

    assertEquals(2, again.item().attempts());
    assertEquals(Optional.of("out of memory"), again.item().failure());
  }

  @Test
  void cancellingEndsWhatWaitsAndAsksWhatRuns() {
    await(() -> queue.enqueue(trials(3)));
    Claim running = claim("a").orElseThrow();

    assertEquals(new Cancellation(2, 1), await(() -> queue.cancel(run)));

    assertEquals(Heartbeat.CANCEL, await(() -> queue.heartbeat(running, LEASE)));
    assertTrue(await(() -> queue.cancelled(running)));
    assertTrue(await(() -> queue.announced(running)));
    for (int waiting = 0; waiting < 2; waiting++) {
      Claim claim = claim("b").orElseThrow();
      assertTrue(claim.announceOnly());
      assertEquals(WorkState.CANCELLED, claim.item().state());
      assertTrue(await(() -> queue.announced(claim)));
    }
    assertEquals(Optional.empty(), claim("b"));
    assertEquals(new Cancellation(0, 0), await(() -> queue.cancel(run)));
    assertEquals(0, await(() -> queue.depth("trial")));
  }

  @Test
  void aDeadWorkersItemThatWasToBeCancelledIsCancelledByTheNextClaim() {
    await(() -> queue.enqueue(trials(1)));
    Claim dead = claim("dead").orElseThrow();
    assertEquals(new Cancellation(0, 1), await(() -> queue.cancel(dead.item().id())));
    expireLeases();

    Claim heir = claim("heir").orElseThrow();

    assertTrue(heir.announceOnly());
    assertEquals(WorkState.CANCELLED, heir.item().state());
  }

  private Optional<Claim> claim(String owner) {
    return await(() -> queue.claim("trial", owner, LEASE, MAX_ATTEMPTS));
  }

  private List<UUID> claimAll(String owner) {
    List<UUID> claimed = new ArrayList<>();
    Optional<Claim> claim = claim(owner);
    while (claim.isPresent()) {
      claimed.add(claim.get().item().id());
      claim = claim(owner);
    }
    return claimed;
  }

  private WorkItem find(Claim claim) {
    return await(() -> queue.find(claim.item().id())).orElseThrow();
  }

  private static void expireLeases() {
    server().execute("update work_item set lease_until = now() - interval '1 second'");
  }

  private List<NewWork> trials(int count) {
    return IntStream.range(0, count)
        .mapToObj(ordinal -> work(new UUID(1, ordinal), ordinal, "{\"rate\": 1e-5}"))
        .toList();
  }

  private NewWork work(UUID id, int ordinal, String spec) {
    return new NewWork(id, "trial", Optional.of(run), ordinal, spec);
  }
}
