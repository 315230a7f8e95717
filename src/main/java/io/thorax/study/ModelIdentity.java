package io.thorax.study;

import java.util.Objects;

/**
 * Which model gave a result: its name for people, its digest for everything else.
 *
 * @param digest of the model's content: weights, network, classes and input specification
 */
public record ModelIdentity(String name, Sha256 digest) {
  public ModelIdentity {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(digest, "digest");
  }
}
