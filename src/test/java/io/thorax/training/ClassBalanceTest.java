package io.thorax.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassBalanceTest {
  private static final int[] LABELS = {0, 0, 1, 0, 2, 0, 0, 1, 0, 0};

  @Test
  void weighsAClassByItsRarityAndMultiplier() {
    ClassBalance balance = ClassBalance.of(LABELS, 3);

    assertArrayEquals(
        new double[] {10 / 21.0 * 0.4, 10 / 6.0, 10 / 3.0 * 0.5},
        balance.weights(List.of(0.4, 1.0, 0.5)),
        1e-12);
  }

  @Test
  void biasIsTheLogOddsOfTheFrequencies() {
    assertArrayEquals(
        new double[] {Math.log(7 / 3.0), Math.log(2 / 8.0), Math.log(1 / 9.0)},
        ClassBalance.of(LABELS, 3).outputBias(),
        1e-12);
  }

  @Test
  void oversamplingKeepsEveryImageAndFillsUpTheSmallerClasses() {
    int[] indices = ClassBalance.of(LABELS, 3).oversample(LABELS, 5);

    assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, Arrays.copyOf(indices, 10));
    for (int classIndex = 0; classIndex < 3; classIndex++) {
      int expected = classIndex;
      assertEquals(7, Arrays.stream(indices).filter(i -> LABELS[i] == expected).count());
    }
  }

  @Test
  void oversamplingRepeatsForASeedOnly() {
    int[] labels = new int[200];
    Arrays.fill(labels, 150, 200, 1);
    ClassBalance balance = ClassBalance.of(labels, 2);

    assertArrayEquals(balance.oversample(labels, 1), balance.oversample(labels, 1));
    assertFalse(Arrays.equals(balance.oversample(labels, 1), balance.oversample(labels, 2)));
  }

  @Test
  void refusesAClassWithoutImages() {
    assertThrows(IllegalArgumentException.class, () -> ClassBalance.of(new int[] {0, 0}, 2));
  }
}
