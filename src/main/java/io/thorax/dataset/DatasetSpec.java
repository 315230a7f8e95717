package io.thorax.dataset;

import java.util.Objects;
import java.util.Set;

/**
 * A data set that is asked for. Its content follows from the rules and from the images; the name
 * and the places of the sources are not part of its identity: the same images taken by the same
 * rules are the same data set, wherever they lay.
 */
public record DatasetSpec(String name, Sources sources, DatasetRules rules) {
  private static final int MAX_NAME_LENGTH = 200;

  public DatasetSpec {
    Objects.requireNonNull(sources, "sources");
    Objects.requireNonNull(rules, "rules");
    if (name == null || name.isBlank() || name.length() > MAX_NAME_LENGTH) {
      throw new DatasetException("name", "must have 1 to " + MAX_NAME_LENGTH + " characters");
    }
    boolean onlyFolders = sources.byLayout().keySet().equals(Set.of(Layout.FOLDER));
    if (rules.classMode() == ClassMode.BINARY
        && !onlyFolders
        && rules.classes().stream().noneMatch(c -> Diagnosis.ofClass(c) == Diagnosis.COVID_19)) {
      throw new DatasetException("classes", "one of the two must be COVID-19");
    }
  }
}
