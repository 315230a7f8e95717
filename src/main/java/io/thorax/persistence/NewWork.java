package io.thorax.persistence;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Work to be queued.
 *
 * @param id derived from what asks for it, so that a repeated request makes no second item
 * @param kind whom it is for: "assembly", "trial"
 * @param parent what it is a part of, a training run for instance
 * @param ordinal its place among the parent's items
 * @param specJson all that a worker needs to know
 */
public record NewWork(UUID id, String kind, Optional<UUID> parent, int ordinal, String specJson) {
  /**
   * @throws IllegalArgumentException if the specification is no JSON
   */
  public NewWork {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(parent, "parent");
    specJson = Json.require(specJson, "specJson");
  }
}
