package io.thorax.training;

import java.util.concurrent.CancellationException;

/** The training ended because it was asked to. Its checkpoints stay. */
public final class TrainingCancelled extends CancellationException {
  private static final long serialVersionUID = 1L;
  private final int epoch;

  TrainingCancelled(int epoch) {
    super("cancelled in epoch " + epoch);
    this.epoch = epoch;
  }

  /** The epoch that was not finished, from 1. */
  public int epoch() {
    return epoch;
  }
}
