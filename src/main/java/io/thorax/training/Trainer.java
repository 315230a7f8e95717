package io.thorax.training;

import io.thorax.imaging.InputSpec;
import io.thorax.model.TrainableNetwork;
import java.util.Objects;

/**
 * Trains one network by a plan: shuffled, turned batches, class balance, early stopping with the
 * best epoch's weights, a checkpoint after each epoch. A training whose process died goes on from
 * its latest checkpoint and sees the batches and dropout masks of an unbroken one.
 *
 * <p>Blocks for as long as it takes. Thread-safe, though trainings share the cores.
 */
public final class Trainer {
  private final TrainerSettings settings;

  public Trainer(TrainerSettings settings) {
    this.settings = Objects.requireNonNull(settings, "settings");
  }

  /**
   * @throws IllegalArgumentException if the data does not fit the plan: a class without an image,
   *     another size of images
   * @throws TrainingCancelled when asked to end, or interrupted
   * @throws io.thorax.study.Failure.Poison if the loss is not finite (its cause is a {@link
   *     LossNotFinite}), or the checkpoint store fails for good
   */
  public TrainedModel train(
      TrainingPlan plan,
      TrainingData data,
      CheckpointStore store,
      TrainingListener listener,
      Cancellation cancellation) {
    if (plan.numGpus() > 1) {
      throw new IllegalArgumentException("num-gpus: only one is used so far");
    }
    try (TrainingRun run = new TrainingRun(plan, data, store, listener, cancellation, settings)) {
      return run.execute();
    }
  }

  static TrainableNetwork newNetwork(TrainingPlan plan, double[] outputBias) {
    InputSpec input = plan.subject().input();
    return TrainableNetwork.create(
        plan.network(),
        input.height(),
        input.width(),
        plan.classCount(),
        outputBias,
        plan.optimizer(),
        plan.seed());
  }
}
