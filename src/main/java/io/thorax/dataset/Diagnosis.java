package io.thorax.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a finding comes down to, before it becomes one of the classes asked for. */
enum Diagnosis {
  COVID_19,
  NORMAL,
  OTHER_PNEUMONIA,
  /** Ill, with something that is no pneumonia or whose cause is not told (ARDS alone). */
  OTHER,
  /** Nobody said: blank, {@code todo} or unknown. */
  UNLABELLED;

  private static final Set<String> UNLABELLED_WORDS = Set.of("", "todo", "unknown");
  private static final Set<String> NORMAL_WORDS = Set.of("normal", "nofinding", "nofindings");
  private static final Set<String> PNEUMONIA_CLASSES = Set.of("otherpneumonia", "pneumonia");
  private static final String COVID_WORD = "covid19";

  /**
   * Reads a finding as the collections write them: names joined by commas ("COVID-19, ARDS") or
   * from the general to the particular by slashes ("Pneumonia/Viral/COVID-19"). Case, blanks and
   * punctuation do not matter, so "No Finding" and "No finding" are one.
   */
  static Diagnosis ofFinding(String finding, List<String> otherPneumonias) {
    Set<String> words =
        Arrays.stream(finding.split("[,/;|]", -1))
            .map(Diagnosis::plain)
            .collect(Collectors.toSet());
    if (UNLABELLED_WORDS.containsAll(words)) {
      return UNLABELLED;
    }
    if (words.contains(COVID_WORD)) {
      return COVID_19;
    }
    if (words.stream().anyMatch(NORMAL_WORDS::contains)) {
      return NORMAL;
    }
    boolean pneumonia =
        words.stream().anyMatch(word -> word.contains("pneumonia"))
            || otherPneumonias.stream().map(Diagnosis::plain).anyMatch(words::contains);
    return pneumonia ? OTHER_PNEUMONIA : OTHER;
  }

  /**
   * The diagnosis that a class of this name gathers; {@link #OTHER} for a name of no such class.
   */
  static Diagnosis ofClass(String className) {
    String word = plain(className);
    if (word.equals(COVID_WORD)) {
      return COVID_19;
    }
    if (NORMAL_WORDS.contains(word)) {
      return NORMAL;
    }
    return PNEUMONIA_CLASSES.contains(word) ? OTHER_PNEUMONIA : OTHER;
  }

  static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
