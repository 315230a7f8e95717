package io.thorax.workflow;

/** Where a training's progress is told as it goes; each report is sent at most once. */
public interface ProgressEvents {
  void progressed(TrainingProgress progress);
}
