package io.thorax.model;

import io.thorax.imaging.InputSpec;
import io.thorax.study.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a {@link ModelManifest} says beyond what the network itself knows. The parameters are the
 * manifest's.
 */
public record ManifestDraft(
    String name,
    String classMode,
    List<String> classes,
    String positiveClass,
    double threshold,
    InputSpec inputSpec,
    OptimizerSpec optimizer,
    Sha256 datasetDigest,
    Map<String, Double> metrics,
    Map<String, String> versions,
    Instant createdAt) {}
