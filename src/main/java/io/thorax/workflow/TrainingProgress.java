package io.thorax.workflow;

import java.util.Map;
import java.util.UUID;

/**
 * Where a training stands, after an epoch.
 *
 * @param trial number of the trial within its run, from 0
 * @param epoch that has just ended, from 1
 * @param epochs at the most; early stopping may end before
 * @param metrics by name; those of the validation set begin with {@code val_}
 * @param secondsLeft if all epochs are run
 */
public record TrainingProgress(
    UUID run,
    int trial,
    int epoch,
    int epochs,
    double loss,
    Map<String, Double> metrics,
    double imagesPerSecond,
    double secondsLeft) {}
