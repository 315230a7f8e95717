package io.thorax.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
  private static EarlyStopping after(int patience, double... losses) {
    List<EpochRecord> history = new ArrayList<>();
    for (double loss : losses) {
      history.add(new EpochRecord(history.size() + 1, Map.of(), Map.of("loss", loss), 1));
    }
    return EarlyStopping.after(patience, history);
  }

  @Test
  void waitsForAsManyEpochsAsItHasPatience() {
    assertFalse(after(2, 3, 2, 4).patienceIsOver());
    assertTrue(after(2, 3, 2, 4, 5).patienceIsOver());
    assertEquals(2, after(2, 3, 2, 4, 5).bestEpoch());
  }

  @Test
  void anEqualLossIsNoImprovement() {
    assertTrue(after(1, 3, 3).patienceIsOver());
    assertEquals(1, after(1, 3, 3).bestEpoch());
  }

  @Test
  void anImprovementStartsThePatienceAnew() {
    assertFalse(after(2, 3, 4, 2, 4).patienceIsOver());
  }
}
