package io.thorax.training;

import java.util.Map;

/**
 * An epoch is over.
 *
 * @param epoch from 1
 * @param epochs the most there will be; early stopping may end before
 * @param loss of the training, weighted by class
 * @param training and {@code validation}: all metrics by {@link MetricName#wireName}
 * @param bestEpoch the one with the lowest validation loss so far
 * @param imagesPerSecond of the training steps and what they wait for, validation left out
 * @param secondsLeft if all epochs are run, at this epoch's pace
 */
public record EpochProgress(
    int epoch,
    int epochs,
    double loss,
    double validationLoss,
    Map<String, Double> training,
    Map<String, Double> validation,
    int bestEpoch,
    double imagesPerSecond,
    double secondsLeft) {}
