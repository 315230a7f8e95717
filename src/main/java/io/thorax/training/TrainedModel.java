package io.thorax.training;

import io.thorax.model.NetworkState;
import io.thorax.model.TrainableNetwork;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of a training: the network of its best epoch.
 *
 * @param weights and moving statistics; without optimiser slots
 * @param bestEpoch the one with the lowest validation loss
 * @param validation of the best epoch's network
 * @param test empty if the test split is
 * @param history of all epochs
 */
public record TrainedModel(
    TrainingPlan plan,
    NetworkState weights,
    int bestEpoch,
    SplitMetrics validation,
    Optional<SplitMetrics> test,
    List<EpochRecord> history) {

  public TrainedModel {
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(validation, "validation");
    Objects.requireNonNull(test, "test");
    history = List.copyOf(history);
  }

  /** The network itself, to be exported; the caller closes it. */
  public TrainableNetwork network() {
    TrainableNetwork network = Trainer.newNetwork(plan, new double[plan.classCount()]);
    try {
      network.restore(weights);
      return network;
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }
}
