package io.thorax.workflow;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** The stages of a classification, as one timer with a tag; they add up to an image's way. */
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
