package io.thorax.training;

import io.thorax.model.NetworkState;
import io.thorax.study.Sha256;
import java.util.List;
import java.util.Objects;

/**
 * Where a training stood after an epoch; all that another process needs to go on. The random state
 * is the seed: every draw is a function of it and of the epoch or step.
 *
 * @param plan digest of the {@link TrainingPlan}
 * @param epoch the one that is done, from 1
 * @param network weights, moving statistics and optimiser slots
 * @param best may share its arrays with {@code network}
 * @param history of epochs 1 to {@code epoch}
 */
public record Checkpoint(
    Sha256 plan, long seed, int epoch, NetworkState network, Best best, List<EpochRecord> history) {

  /**
   * The epoch with the lowest validation loss so far.
   *
   * @param weights and moving statistics, without optimiser slots
   */
  public record Best(int epoch, double validationLoss, NetworkState weights) {
    public Best {
      Objects.requireNonNull(weights, "weights");
    }
  }

  public Checkpoint {
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(best, "best");
    history = List.copyOf(history);
    if (epoch < 1 || history.size() != epoch || best.epoch() < 1 || best.epoch() > epoch) {
      throw new IllegalArgumentException(
          "a checkpoint of epoch " + epoch + " with a history of " + history.size());
    }
  }
}
