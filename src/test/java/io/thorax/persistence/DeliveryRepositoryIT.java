package io.thorax.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DeliveryRepositoryIT extends OnDatabase {
  private static final String GROUP = "thorax";

  private final DeliveryRepository deliveries = new DeliveryRepository(database());

  @Test
  void aBatchThatEndsLeavesNothing() {
    List<Position> batch = new ArrayList<>(records(0, 100, 131));
    batch.addAll(records(1, 7, 9));

    Begun begun = await(() -> deliveries.begin(GROUP, batch));

    assertEquals(2, begun.ranges().size());
    assertEquals(List.of(), begun.suspects());
    assertEquals(1, begun.ranges().get(0).attempts());
    await(() -> deliveries.end(begun.ranges()));
    assertEquals("0", server().query("select count(*) from delivery_range"));
  }

  @Test
  void aCrashedBatchComesBackAsSuspectsAndTheRestIsBegun() {
    await(() -> deliveries.begin(GROUP, records(0, 100, 109)));

    Begun begun = await(() -> deliveries.begin(GROUP, records(0, 105, 120)));

    assertEquals(LongStream.rangeClosed(105, 109).boxed().toList(), firsts(begun.suspects()));
    assertTrue(
        begun.suspects().stream()
            .allMatch(range -> range.attempts() == 1 && range.attemptsAlone() == 0));
    assertEquals(List.of(110L), firsts(begun.ranges()));
    assertEquals(120, begun.ranges().get(0).lastOffset());
    assertEquals(
        "100", server().query("select first_offset from delivery_range where first_offset < 105"));
  }

  @Test
  void attemptsAloneAreCountedOverCrashesUntilTheRecordIsEnded() {
    Position culprit = new Position("uploads", 0, 103);
    Begun first = await(() -> deliveries.begin(GROUP, records(0, 100, 104)));
    await(() -> deliveries.failed(first.ranges(), "no idea\0"));

    for (int crash = 1; crash <= 3; crash++) {
      int number = crash;
      Begun again = await(() -> deliveries.begin(GROUP, records(0, 100, 104)));
      assertEquals(List.of(), again.ranges());
      Range suspect = again.suspects().get(3);
      assertEquals(culprit, suspect.first());
      Range alone = await(() -> deliveries.beginAlone(GROUP, culprit, number));
      assertEquals(1 + crash, alone.attempts());
      assertEquals(crash, alone.attemptsAlone());
      assertEquals(first.ranges().get(0).firstAt(), alone.firstAt());
      assertTrue(alone.lastAt().isAfter(suspect.lastAt()));
      assertEquals(Optional.of("no idea\uFFFD"), alone.error());
    }

    Begun last = await(() -> deliveries.begin(GROUP, records(0, 100, 104)));
    await(() -> deliveries.end(last.suspects()));
    await(() -> deliveries.end(last.suspects()));
    assertEquals("0", server().query("select count(*) from delivery_range"));
  }

  @Test
  void anAttemptAloneWhoseAnswerIsLostCountsOnce() {
    Position record = new Position("uploads", 0, 7);
    await(() -> deliveries.begin(GROUP, records(0, 7, 7)));
    await(() -> deliveries.beginAlone(GROUP, record, 1));

    Range again = await(() -> deliveries.beginAlone(GROUP, record, 1));

    assertEquals(1, again.attemptsAlone());
    assertEquals(2, again.attempts());
    assertEquals(2, await(() -> deliveries.beginAlone(GROUP, record, 2)).attemptsAlone());
    assertEquals(
        2, await(() -> deliveries.beginAlone(GROUP, record, 1)).attemptsAlone(), "never less");
  }

  @Test
  void groupsTopicsAndPartitionsAreApart() {
    await(() -> deliveries.begin(GROUP, records(0, 0, 9)));

    assertTrue(await(() -> deliveries.begin("other", records(0, 0, 9))).suspects().isEmpty());
    assertTrue(await(() -> deliveries.begin(GROUP, records(1, 0, 9))).suspects().isEmpty());
    Position elsewhere = new Position("notifications", 0, 3);
    assertTrue(await(() -> deliveries.begin(GROUP, List.of(elsewhere))).suspects().isEmpty());
    assertFalse(await(() -> deliveries.begin(GROUP, records(0, 3, 3))).suspects().isEmpty());
  }

  @Test
  void aSuspectPartitionDoesNotHoldUpACleanOne() {
    await(() -> deliveries.begin(GROUP, records(0, 0, 3)));
    List<Position> batch = new ArrayList<>(records(0, 0, 3));
    batch.addAll(records(1, 50, 60));

    Begun begun = await(() -> deliveries.begin(GROUP, batch));

    assertEquals(List.of(50L), firsts(begun.ranges()));
    assertEquals(List.of(0L, 1L, 2L, 3L), firsts(begun.suspects()));
  }

  @Test
  void aConsumerThatLostItsPartitionCannotEndWhatItsSuccessorBegan() {
    Begun old = await(() -> deliveries.begin(GROUP, records(0, 5, 5)));
    Begun successor = await(() -> deliveries.begin(GROUP, records(0, 5, 5)));
    await(() -> deliveries.beginAlone(GROUP, successor.suspects().get(0).first(), 1));

    await(() -> deliveries.end(old.ranges()));

    assertEquals("1", server().query("select count(*) from delivery_range"));
  }

  @Test
  void whatNobodyComesForIsForgotten() {
    await(() -> deliveries.begin(GROUP, records(0, 0, 9)));
    server().execute("update delivery_range set last_at = now() - interval '8 days'");
    await(() -> deliveries.begin(GROUP, records(0, 50, 59)));

    assertEquals(1, await(() -> deliveries.forget(Duration.ofDays(7))));
    assertEquals("50", server().query("select first_offset from delivery_range"));
  }

  @Test
  void beginCostsMilliseconds() {
    List<Double> millis = new ArrayList<>();
    for (int round = 0; round < 200; round++) {
      List<Position> batch = records(0, round * 32L, round * 32L + 31);
      long start = System.nanoTime();
      Begun begun = await(() -> deliveries.begin(GROUP, batch));
      millis.add((System.nanoTime() - start) / 1e6);
      await(() -> deliveries.end(begun.ranges()));
    }
    List<Double> warm = millis.subList(100, 200).stream().sorted().toList();
    System.out.printf(
        "begin of a batch: median %.2f ms, worst %.2f ms%n", warm.get(50), warm.get(99));
    assertTrue(warm.get(50) < 1000);
  }

  private static List<Position> records(int partition, long first, long last) {
    return LongStream.rangeClosed(first, last)
        .mapToObj(offset -> new Position("uploads", partition, offset))
        .toList();
  }

  private static List<Long> firsts(List<Range> ranges) {
    return ranges.stream().map(Range::firstOffset).toList();
  }
}
