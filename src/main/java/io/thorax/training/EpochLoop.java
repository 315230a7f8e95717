package io.thorax.training;

import io.thorax.model.StepResult;
import io.thorax.model.TrainableNetwork;
import java.time.Duration;

/** The training steps of an epoch. */
final class EpochLoop {
  private final TrainingPlan plan;
  private final TrainableNetwork network;
  private final BatchFeed feed;
  private final TrainingListener listener;
  private final Runnable cancellationCheck;

  /**
   * @param metrics over all steps, while weights changed and dropout was on
   */
  record Trained(ClassificationMetrics metrics, double imagesPerSecond) {}

  /**
   * @param cancellationCheck throws when the training shall end; asked before each step
   */
  EpochLoop(
      TrainingPlan plan,
      TrainableNetwork network,
      BatchFeed feed,
      TrainingListener listener,
      Runnable cancellationCheck) {
    this.plan = plan;
    this.network = network;
    this.feed = feed;
    this.listener = listener;
    this.cancellationCheck = cancellationCheck;
  }

  /**
   * @param epoch from 1
   * @throws io.thorax.study.Failure.Poison if a loss is not finite
   */
  Trained run(int epoch) {
    Predictions seen = new Predictions(plan.classCount(), feed.images());
    double lossSum = 0;
    long begun = System.nanoTime();
    try (EpochBatches batches = feed.shuffled(epoch)) {
      for (int step = 1; batches.hasNext(); step++) {
        cancellationCheck.run();
        long asked = System.nanoTime();
        Batch batch = batches.next();
        long ready = System.nanoTime();
        StepResult result = step(batch, epoch, step);
        lossSum += result.loss() * batch.size();
        seen.addAll(result.probabilities(), batch);
        listener.stepDone(
            new StepProgress(
                epoch,
                plan.epochs(),
                step,
                feed.steps(),
                batch.size(),
                lossSum / seen.size(),
                Duration.ofNanos(System.nanoTime() - ready),
                Duration.ofNanos(ready - asked)));
      }
    }
    double imagesPerSecond = seen.size() / ((System.nanoTime() - begun) * 1e-9);
    return new Trained(
        ClassificationMetrics.of(
            seen, lossSum / seen.size(), plan.positiveIndex(), plan.thresholds()),
        imagesPerSecond);
  }

  private StepResult step(Batch batch, int epoch, int step) {
    long stepsBefore = (epoch - 1L) * feed.steps() + step - 1;
    StepResult result =
        network.train(batch.images(), batch.targets(), batch.weights(), stepsBefore);
    if (!Double.isFinite(result.loss())) {
      throw LossNotFinite.inStep(epoch, step, result.loss());
    }
    return result;
  }
}
