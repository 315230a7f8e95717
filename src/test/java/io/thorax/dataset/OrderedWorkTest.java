package io.thorax.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrderedWorkTest {
  private final OrderedWork work = new OrderedWork(3);

  @AfterEach
  void end() {
    work.close();
  }

  @Test
  void resultsComeInTheItemsOrder() {
    List<Integer> results = new ArrayList<>();
    work.run(
        IntStream.range(0, 200).boxed().toList(),
        Integer.MAX_VALUE,
        item -> {
          if (item % 7 == 0) {
            Thread.yield();
          }
          return item;
        },
        results::add);
    assertEquals(IntStream.range(0, 200).boxed().toList(), results);
  }

  @Test
  void theFirstAcceptableAreTakenAndNoOtherIsWorkedOn() {
    AtomicInteger touched = new AtomicInteger();
    List<Integer> taken = new ArrayList<>();
    int worked =
        work.run(
            IntStream.range(0, 100).boxed().toList(),
            4,
            item -> {
              touched.incrementAndGet();
              return item;
            },
            item -> item % 2 == 1 && taken.add(item));
    assertEquals(List.of(1, 3, 5, 7), taken);
    assertEquals(8, worked);
    assertEquals(8, touched.get());
  }

  @Test
  void aLimitOfZeroDoesNothing() {
    assertEquals(0, work.run(List.of(1), 0, item -> item, item -> true));
  }

  @Test
  void whatTheWorkThrowsIsThrown() {
    assertThrows(
        DatasetException.class,
        () ->
            work.run(
                List.of(1),
                1,
                item -> {
                  throw new DatasetException("f", "p");
                },
                item -> true));
  }

  @Test
  void anInterruptEndsItAndStaysSet() {
    Thread.currentThread().interrupt();
    assertThrows(
        CancellationException.class, () -> work.run(List.of(1, 2), 2, item -> item, item -> true));
    assertTrue(Thread.interrupted());
  }
}
