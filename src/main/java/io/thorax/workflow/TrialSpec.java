package io.thorax.workflow;

import io.thorax.study.RequestId;
import io.thorax.training.TrainingPlan;
import java.util.Optional;
import java.util.UUID;

/** A trial as its row holds it: everything that the work depends on. */
record TrialSpec(
    UUID run,
    RequestId requestId,
    String name,
    int trial,
    TrainingPlan plan,
    Optional<String> promote) {}
