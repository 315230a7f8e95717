package io.thorax.api;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

  @Test
  void givesNoMoreThanThereIs() {
    MemoryBudget budget = new MemoryBudget(100);
    assertTrue(budget.take(60));
    assertFalse(budget.take(41));
    assertTrue(budget.take(40));
    budget.giveBack(60);
    assertTrue(budget.take(60));
  }
}
