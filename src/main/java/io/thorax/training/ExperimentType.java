package io.thorax.training;

import java.util.Arrays;
import java.util.Locale;

/** What a training request asks for. */
public enum ExperimentType {
  /** One network. */
  SINGLE("single_train"),
  /** Several networks from different seeds, of which the best is kept. */
  MULTI("multi_train"),
  /** A search for hyperparameters. */
  SEARCH("hparam_search");

  private final String referenceName;

  ExperimentType(String referenceName) {
    this.referenceName = referenceName;
  }

  /**
   * @param name ours ({@code single}) or the reference system's ({@code single_train})
   * @throws IllegalArgumentException if it is neither
   */
  public static ExperimentType of(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(values())
        .filter(
            type ->
                type.referenceName.equals(wanted)
                    || type.name().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be single, multi or search"));
  }
}
