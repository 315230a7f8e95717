package io.thorax.training;

import java.util.List;

/**
 * When to stop: after {@code patience} epochs in a row whose validation loss is not strictly below
 * the lowest so far (as Keras' EarlyStopping with min_delta 0).
 *
 * @param bestEpoch from 1; 0 before the first epoch
 * @param bestLoss positive infinity before the first epoch
 * @param waited epochs since the best one
 */
record EarlyStopping(int patience, int bestEpoch, double bestLoss, int waited) {

  static EarlyStopping after(int patience, List<EpochRecord> history) {
    EarlyStopping stopping = new EarlyStopping(patience, 0, Double.POSITIVE_INFINITY, 0);
    for (EpochRecord epoch : history) {
      stopping = stopping.after(epoch.epoch(), epoch.validationLoss());
    }
    return stopping;
  }

  EarlyStopping after(int epoch, double validationLoss) {
    return validationLoss < bestLoss
        ? new EarlyStopping(patience, epoch, validationLoss, 0)
        : new EarlyStopping(patience, bestEpoch, bestLoss, waited + 1);
  }

  boolean patienceIsOver() {
    return waited >= patience;
  }
}
