package io.thorax.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.imaging.Natives;
import io.thorax.model.TrainableNetwork;
import io.thorax.study.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private final Trainer trainer = new Trainer(TrainerSettings.DEFAULT);
  private final TrainingData data = data(40, 40);

  @BeforeAll
  static void loadNatives() {
    Natives.load();
  }

  private static TrainingData data(int... counts) {
    int[] few = IntStream.of(counts).map(count -> 11).toArray();
    return new TrainingData(
        SyntheticPixels.of(1, counts),
        SyntheticPixels.of(2, few),
        SyntheticPixels.of(3, few),
        id -> Optional.of(id.endsWith("0") ? "round" : "other"));
  }

  private TrainedModel train(TrainingPlan plan, TrainingListener listener) {
    return trainer.train(plan, data, new MemoryCheckpoints(), listener, Cancellation.NEVER);
  }

  @Test
  void learnsToTellTwoClassesApart() {
    Map<String, Object> even = Map.of("epochs", 12, "class-multiplier", List.of(1, 1));
    TrainedModel trained = train(TestPlans.tiny(TestPlans.BINARY, even), TrainingListener.NONE);

    ClassificationMetrics test = trained.test().orElseThrow().overall();
    assertEquals(22, test.images());
    assertTrue(test.accuracy() > 0.9, () -> "accuracy " + test.accuracy());
    assertTrue(test.rocAuc() > 0.95, () -> "ROC AUC " + test.rocAuc());
    assertEquals(
        List.of(2, 20),
        List.of(
            trained.test().orElseThrow().bySource().get("round").images(),
            trained.test().orElseThrow().bySource().get("other").images()));
  }

  @Test
  void learnsThreeClassesOfUnequalSizeByOversampling() {
    TrainingPlan plan =
        TestPlans.tiny(
            TestPlans.MULTICLASS,
            Map.of("epochs", 12, "IMB_STRATEGY", "random_oversample", "batch-size", 8));
    List<StepProgress> steps = new ArrayList<>();

    TrainedModel trained =
        trainer.train(
            plan, data(40, 8, 24), new MemoryCheckpoints(), collecting(steps), Cancellation.NEVER);

    assertEquals(3 * 40 / 8, steps.get(0).steps());
    assertTrue(trained.validation().overall().accuracy() > 0.9);
  }

  @Test
  void keepsTheSmallLastBatch() {
    List<StepProgress> steps = new ArrayList<>();
    train(
        TestPlans.tiny(TestPlans.BINARY, Map.of("epochs", 1, "batch-size", 32)), collecting(steps));

    assertEquals(List.of(32, 32, 16), steps.stream().map(StepProgress::images).toList());
  }

  @Test
  void stopsWhenPatienceIsOverAndReturnsTheBestEpochsWeights() {
    TrainingPlan plan =
        TestPlans.tiny(TestPlans.BINARY, Map.of("epochs", 60, "patience", 2, "lr", 0.03));
    TrainedModel trained = train(plan, TrainingListener.NONE);

    List<EpochRecord> history = trained.history();
    int best =
        history.stream()
            .min(Comparator.comparingDouble(EpochRecord::validationLoss))
            .orElseThrow()
            .epoch();
    assertTrue(history.size() < 60, "it never stopped");
    assertEquals(best, trained.bestEpoch());
    assertEquals(best + 2, history.size());
    assertEquals(
        history.get(best - 1).validationLoss(), trained.validation().overall().loss(), 1e-5);
  }

  @Test
  void reportsEveryEpochWithAllMetrics() {
    List<EpochProgress> epochs = new ArrayList<>();
    TrainingPlan plan = TestPlans.tiny(TestPlans.BINARY, Map.of("epochs", 2));
    train(
        plan,
        new TrainingListener() {
          @Override
          public void epochDone(EpochProgress progress) {
            epochs.add(progress);
          }
        });

    assertEquals(List.of(1, 2), epochs.stream().map(EpochProgress::epoch).toList());
    for (MetricName name : MetricName.values()) {
      assertTrue(epochs.get(0).training().containsKey(name.wireName()), name::wireName);
      assertTrue(epochs.get(0).validation().containsKey(name.wireName()), name::wireName);
    }
    assertTrue(epochs.get(0).secondsLeft() > 0);
    assertEquals(0, epochs.get(1).secondsLeft());
    assertTrue(epochs.get(0).imagesPerSecond() > 0);
  }

  @Test
  void endsWhenCancelledAtTheNextStep() {
    AtomicBoolean cancelled = new AtomicBoolean();
    List<StepProgress> steps = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepDone(StepProgress progress) {
            steps.add(progress);
            cancelled.set(progress.epoch() == 2 && progress.step() == 3);
          }
        };
    TrainingPlan plan = TestPlans.tiny(TestPlans.BINARY, Map.of());

    TrainingCancelled thrown =
        assertThrows(
            TrainingCancelled.class,
            () -> trainer.train(plan, data, new MemoryCheckpoints(), listener, cancelled::get));

    assertEquals(2, thrown.epoch());
    assertEquals(5 + 3, steps.size());
  }

  @Test
  void aLossThatIsNotFiniteNamesItsEpochAndStep() {
    TrainingPlan plan =
        TestPlans.tiny(TestPlans.BINARY, Map.of("lr", 1e30, "optimizer", "sgd", "batch-size", 80));

    Failure.Poison thrown =
        assertThrows(Failure.Poison.class, () -> train(plan, TrainingListener.NONE));

    LossNotFinite cause = assertInstanceOf(LossNotFinite.class, thrown.getCause());
    assertTrue(cause.epoch() >= 1);
    assertTrue(thrown.getMessage().contains("epoch " + cause.epoch()), thrown::getMessage);
  }

  @Test
  void theTrainedNetworkIsTheOneThatWasMeasured() {
    TrainedModel trained = train(TestPlans.tiny(TestPlans.BINARY, Map.of()), TrainingListener.NONE);
    try (TrainableNetwork network = trained.network();
        Evaluator evaluator = new Evaluator(trained.plan(), data.test(), 1, () -> {})) {
      assertEquals(
          trained.test().orElseThrow().overall().loss(),
          evaluator.evaluate(network, trained.bestEpoch()).loss(),
          1e-6);
    }
  }

  @Test
  void refusesAClassWithoutImages() {
    TrainingPlan plan = TestPlans.tiny(TestPlans.BINARY, Map.of());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            trainer.train(
                plan,
                data(9, 0),
                new MemoryCheckpoints(),
                TrainingListener.NONE,
                Cancellation.NEVER));
  }

  private static TrainingListener collecting(List<StepProgress> steps) {
    return new TrainingListener() {
      @Override
      public void stepDone(StepProgress progress) {
        steps.add(progress);
      }
    };
  }
}
