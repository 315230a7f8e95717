package io.thorax.workflow;

import io.thorax.study.ModelReference;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The data of a {@code training.requested} event.
 *
 * @param dataset a name (its latest) or a digest
 * @param experiment single, multi or search
 * @param network for instance dcnn_resnet; empty takes the configured one
 * @param overrides any key of the training's and the network's configuration
 * @param promote the alias that the model becomes when it is done; empty leaves that to a person
 */
public record TrainingRequest(
    String name,
    String dataset,
    Optional<String> experiment,
    Optional<String> network,
    Map<String, Object> overrides,
    Optional<String> promote) {

  public TrainingRequest {
    requireText(name, "name");
    requireText(dataset, "dataset");
    experiment = Objects.requireNonNullElse(experiment, Optional.empty());
    network = Objects.requireNonNullElse(network, Optional.empty());
    overrides = overrides == null ? Map.of() : overrides;
    promote = Objects.requireNonNullElse(promote, Optional.empty());
    if (promote.isPresent() && !ModelReference.isAlias(promote.get())) {
      throw new IllegalArgumentException("promote: not an alias: " + promote.get());
    }
  }

  private static void requireText(String value, String field) {
    if (value == null || value.isBlank() || value.length() > 200) {
      throw new IllegalArgumentException(field + ": must have 1 to 200 characters");
    }
  }
}
