package io.thorax.training;

import io.thorax.study.Failure;
import java.time.Duration;
import java.util.List;

/**
 * Is told how a training goes. All calls but those about checkpoints come from the training thread,
 * which waits for them; an exception from one ends the training.
 *
 * <p>An epoch is announced before its checkpoint is stored: after a crash between the two it is run
 * and announced again, never passed over.
 */
public interface TrainingListener {
  /** For those who do not care. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * @param epochsDone 0, or how many a checkpoint spared
   */
  default void started(TrainingPlan plan, int epochsDone) {}

  default void stepDone(StepProgress progress) {}

  default void epochDone(EpochProgress progress) {}

  /** On the checkpoint thread. */
  default void checkpointStored(int epoch, Duration took) {}

  /** On the checkpoint thread: the store is away, the checkpoint will be tried again. */
  default void checkpointDelayed(int epoch, Failure.Transient reason) {}

  default void finished(TrainedModel model) {}

  /** One that tells several, in order. */
  static TrainingListener all(List<TrainingListener> listeners) {
    return new TrainingListeners(listeners);
  }
}
