package io.thorax.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The projections that are asked for. A view matches by whole words: "AP" takes "AP Supine" and "AP
 * erect", and "L" takes neither "Lordotic" nor "Axial".
 */
final class Views {
  private final Set<String> wanted;

  Views(List<String> wanted) {
    this.wanted = wanted.stream().map(Views::upper).collect(Collectors.toUnmodifiableSet());
  }

  boolean take(String view) {
    return wanted.contains(upper(view))
        || Arrays.stream(upper(view).split("[^A-Z0-9]+")).anyMatch(wanted::contains);
  }

  private static String upper(String text) {
    return text.strip().toUpperCase(Locale.ROOT);
  }
}
