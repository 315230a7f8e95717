package io.thorax.training;

import io.thorax.study.Failure;
import java.time.Duration;
import java.util.List;

/** Several listeners as one. */
record TrainingListeners(List<TrainingListener> listeners) implements TrainingListener {
  TrainingListeners {
    listeners = List.copyOf(listeners);
  }

  @Override
  public void started(TrainingPlan plan, int epochsDone) {
    listeners.forEach(listener -> listener.started(plan, epochsDone));
  }

  @Override
  public void stepDone(StepProgress progress) {
    listeners.forEach(listener -> listener.stepDone(progress));
  }

  @Override
  public void epochDone(EpochProgress progress) {
    listeners.forEach(listener -> listener.epochDone(progress));
  }

  @Override
  public void checkpointStored(int epoch, Duration took) {
    listeners.forEach(listener -> listener.checkpointStored(epoch, took));
  }

  @Override
  public void checkpointDelayed(int epoch, Failure.Transient reason) {
    listeners.forEach(listener -> listener.checkpointDelayed(epoch, reason));
  }

  @Override
  public void finished(TrainedModel model) {
    listeners.forEach(listener -> listener.finished(model));
  }
}
