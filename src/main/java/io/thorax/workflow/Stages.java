package io.thorax.workflow;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * The stages of a classification, as one timer with a tag. Fetching, decoding and preprocessing are
 * timed for each image, inferring and persisting for a batch, so they do not add up to an image's
 * way. Publishing, which is of a batch too, is timed where it is done.
 */
final class Stages {
  private Stages() {}

  static Timer timer(MeterRegistry meters, String stage, String description) {
    return Timer.builder("thorax.stage")
        .tag("stage", stage)
        .description(description)
        .publishPercentileHistogram()
        .register(meters);
  }
}
