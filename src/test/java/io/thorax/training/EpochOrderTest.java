package io.thorax.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochOrderTest {
  private static final EpochOrder ORDER = new EpochOrder(IntStream.range(0, 500).toArray(), 42, 10);

  @Test
  void anEpochShowsEveryImageOnce() {
    int[] shuffled = ORDER.shuffled(3);
    assertFalse(Arrays.equals(ORDER.images(), shuffled));
    Arrays.sort(shuffled);
    assertArrayEquals(ORDER.images(), shuffled);
  }

  @Test
  void orderFollowsFromSeedAndEpochAlone() {
    assertArrayEquals(ORDER.shuffled(3), ORDER.shuffled(3));
    assertFalse(Arrays.equals(ORDER.shuffled(3), ORDER.shuffled(4)));
    assertFalse(
        Arrays.equals(ORDER.shuffled(3), new EpochOrder(ORDER.images(), 43, 10).shuffled(3)));
  }

  @Test
  void anglesFillTheRangeEvenly() {
    double[] angles = IntStream.range(0, 500).mapToDouble(i -> ORDER.rotation(1, i)).toArray();
    assertTrue(Arrays.stream(angles).allMatch(angle -> Math.abs(angle) <= 10));
    assertEquals(0, Arrays.stream(angles).average().orElseThrow(), 0.8);
    assertEquals(5, Arrays.stream(angles).map(Math::abs).average().orElseThrow(), 0.5);
    assertTrue(Arrays.stream(angles).max().orElseThrow() > 9);
    assertTrue(Arrays.stream(angles).min().orElseThrow() < -9);
    assertTrue(ORDER.rotation(1, 7) != ORDER.rotation(2, 7));
  }

  @Test
  void drawsAreTheSameOnEveryPlatform() {
    SeededRandom random = SeededRandom.of(1, 2, 3);
    assertArrayEquals(
        new int[] {46, 316, 228, 791, 975},
        IntStream.range(0, 5).map(i -> random.nextInt(1000)).toArray());
  }
}
