package io.thorax.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.imaging.Natives;
import io.thorax.study.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ResumedTrainingTest {
  private static final int IMAGES = 72;

  private final TrainingPlan plan =
      TestPlans.tiny(TestPlans.BINARY, Map.of("rotation-degrees", 10));
  private final Trainer trainer =
      new Trainer(new TrainerSettings(1, Duration.ofMillis(1), Duration.ofMillis(4)));

  @BeforeAll
  static void loadNatives() {
    Natives.load();
  }

  private static TrainingData data(SyntheticPixels training) {
    return new TrainingData(training, SyntheticPixels.of(2, 9, 9), SyntheticPixels.of(3, 9, 9));
  }

  private static SyntheticPixels training() {
    return SyntheticPixels.of(1, IMAGES / 2, IMAGES / 2);
  }

  @Test
  void aResumedTrainingSeesTheSameBatchesAndEndsWithTheSameWeights() {
    SyntheticPixels unbrokenPixels = training();
    MemoryCheckpoints unbrokenStore = new MemoryCheckpoints();
    TrainedModel unbroken = run(unbrokenPixels, unbrokenStore, Cancellation.NEVER);

    MemoryCheckpoints store = new MemoryCheckpoints();
    killInEpoch(3, store);
    assertEquals(2, store.saved.size());
    SyntheticPixels resumedPixels = training();
    TrainedModel resumed = run(resumedPixels, store, Cancellation.NEVER);

    assertEquals(unbrokenPixels.read().subList(2 * IMAGES, 4 * IMAGES), resumedPixels.read());
    assertSameArrays(unbrokenStore.saved.get(3), store.saved.get(3));
    assertEquals(unbroken.bestEpoch(), resumed.bestEpoch());
    assertEquals(4, resumed.history().size());
    for (int epoch = 0; epoch < 4; epoch++) {
      assertEquals(
          unbroken.history().get(epoch).training().get("loss"),
          resumed.history().get(epoch).training().get("loss"),
          1e-4);
    }
  }

  private TrainedModel run(
      SyntheticPixels pixels, CheckpointStore store, Cancellation cancellation) {
    return trainer.train(plan, data(pixels), store, TrainingListener.NONE, cancellation);
  }

  private void killInEpoch(int epoch, CheckpointStore store) {
    AtomicBoolean killed = new AtomicBoolean();
    TrainingListener killer =
        new TrainingListener() {
          @Override
          public void stepDone(StepProgress progress) {
            killed.set(progress.epoch() == epoch && progress.step() == 2);
          }
        };
    assertThrows(
        TrainingCancelled.class,
        () -> trainer.train(plan, data(training()), store, killer, killed::get));
  }

  private static void assertSameArrays(Checkpoint expected, Checkpoint actual) {
    assertEquals(expected.network().arrays().keySet(), actual.network().arrays().keySet());
    expected
        .network()
        .arrays()
        .forEach(
            (name, array) ->
                assertArrayEquals(array.values(), actual.network().values(name), 1e-4f, name));
  }

  @Test
  void aFinishedTrainingIsOnlyMeasuredAgain() {
    MemoryCheckpoints store = new MemoryCheckpoints();
    TrainedModel first = run(training(), store, Cancellation.NEVER);
    SyntheticPixels pixels = training();
    TrainedModel again = run(pixels, store, Cancellation.NEVER);

    assertTrue(pixels.read().isEmpty());
    assertEquals(first.bestEpoch(), again.bestEpoch());
    assertEquals(
        first.test().orElseThrow().overall().loss(),
        again.test().orElseThrow().overall().loss(),
        1e-6);
  }

  @Test
  void aCheckpointOfAnotherPlanIsNotUsed() {
    MemoryCheckpoints store = new MemoryCheckpoints();
    run(training(), store, Cancellation.NEVER);
    SyntheticPixels pixels = training();
    trainer.train(
        plan.withSeed(99), data(pixels), store, TrainingListener.NONE, Cancellation.NEVER);

    assertEquals(4 * IMAGES, pixels.read().size());
  }

  @Test
  void aStoreThatIsAwayHoldsTheTrainingUpAfterOneEpochOnly() throws InterruptedException {
    CountDownLatch back = new CountDownLatch(1);
    AtomicInteger refusals = new AtomicInteger();
    MemoryCheckpoints store =
        new MemoryCheckpoints() {
          @Override
          public void save(Checkpoint checkpoint) {
            if (back.getCount() > 0) {
              refusals.incrementAndGet();
              throw new Failure.Transient("away", null);
            }
            super.save(checkpoint);
          }
        };
    List<Integer> epochs = new ArrayList<>();
    CountDownLatch secondEpoch = new CountDownLatch(1);
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochDone(EpochProgress progress) {
            synchronized (epochs) {
              epochs.add(progress.epoch());
            }
            if (progress.epoch() == 2) {
              secondEpoch.countDown();
            }
          }
        };
    Thread training =
        new Thread(
            () -> trainer.train(plan, data(training()), store, listener, Cancellation.NEVER));
    training.start();
    secondEpoch.await();
    Thread.sleep(500);
    synchronized (epochs) {
      assertEquals(List.of(1, 2), epochs);
    }
    assertTrue(refusals.get() > 3);
    back.countDown();
    training.join();
    assertEquals(List.of(1, 2, 3, 4), store.saved.stream().map(Checkpoint::epoch).toList());
  }

  @Test
  void aStoreThatFailsForGoodEndsTheTraining() {
    CheckpointStore broken =
        new MemoryCheckpoints() {
          @Override
          public void save(Checkpoint checkpoint) {
            throw new Failure.Poison("no");
          }
        };
    Failure.Poison thrown =
        assertThrows(Failure.Poison.class, () -> run(training(), broken, Cancellation.NEVER));
    assertEquals("no", thrown.getMessage());
  }

  @Test
  void aCancelledTrainingDoesNotWaitForAStoreThatIsAway() {
    CheckpointStore away =
        new MemoryCheckpoints() {
          @Override
          public void save(Checkpoint checkpoint) {
            throw new Failure.Transient("away", null);
          }
        };
    killInEpoch(2, away);
  }
}
