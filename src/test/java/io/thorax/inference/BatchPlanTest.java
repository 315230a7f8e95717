package io.thorax.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.inference.BatchPlan.Run;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchPlanTest {
  private static final List<Integer> SIZES = List.of(1, 2, 4, 8, 16, 32);

  private final BatchPlan plan = new BatchPlan(SIZES);

  @Test
  void everyBatchIsCoveredByWarmSizesWithFewBlanks() {
    for (int images = 1; images <= 70; images++) {
      List<Run> runs = plan.runs(images);
      assertEquals(images, runs.stream().mapToInt(Run::images).sum());
      for (Run run : runs) {
        assertTrue(SIZES.contains(run.size()), runs::toString);
        assertTrue(run.images() >= 1 && run.images() <= run.size(), runs::toString);
        assertTrue(4 * (run.size() - run.images()) <= run.size(), runs::toString);
      }
    }
  }

  @Test
  void onlyTheLastRunHasBlanks() {
    for (int images = 1; images <= 70; images++) {
      List<Run> runs = plan.runs(images);
      for (Run run : runs.subList(0, runs.size() - 1)) {
        assertEquals(run.size(), run.images(), runs::toString);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16, 32})
  void aWarmSizeIsOneRun(int size) {
    assertEquals(List.of(new Run(size, size)), plan.runs(size));
  }

  @Test
  void aQuarterOfBlanksIsCheaperThanSmallRuns() {
    assertEquals(List.of(new Run(8, 6)), plan.runs(6));
    assertEquals(List.of(new Run(4, 4), new Run(1, 1)), plan.runs(5));
    assertEquals(List.of(new Run(32, 32), new Run(32, 24)), plan.runs(56));
  }

  @Test
  void aBatchBelowTheSmallestSizeIsFilledUp() {
    assertEquals(List.of(new Run(8, 1)), new BatchPlan(List.of(8)).runs(1));
    assertEquals(List.of(new Run(8, 8), new Run(8, 1)), new BatchPlan(List.of(8)).runs(9));
  }

  @Test
  void theOrderOfTheSizesDoesNotMatter() {
    assertEquals(plan.runs(45), new BatchPlan(List.of(32, 1, 8, 2, 16, 4, 8)).runs(45));
  }

  @Test
  void nothingNeedsNoRun() {
    assertEquals(List.of(), plan.runs(0));
  }

  @Test
  void sizesMustBePositive() {
    assertThrows(IllegalArgumentException.class, () -> new BatchPlan(List.of()));
    assertThrows(IllegalArgumentException.class, () -> new BatchPlan(List.of(4, 0)));
  }
}
