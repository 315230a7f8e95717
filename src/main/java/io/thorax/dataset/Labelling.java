package io.thorax.dataset;

import java.util.List;
import java.util.OptionalInt;

/**
 * From what the sources say to the index of a class.
 *
 * <p>Binary: COVID-19 is its class, every other labelled finding the other one. Multiclass: each
 * diagnosis has the class of its name, and what has none is left out.
 */
final class Labelling {
  private final ClassMode classMode;
  private final List<String> classes;
  private final List<String> otherPneumonias;

  Labelling(ClassMode classMode, List<String> classes, List<String> otherPneumonias) {
    this.classMode = classMode;
    this.classes = classes;
    this.otherPneumonias = otherPneumonias;
  }

  Diagnosis diagnose(String finding) {
    return Diagnosis.ofFinding(finding, otherPneumonias);
  }

  /** Empty for the unlabelled, and for a diagnosis that none of the classes gathers. */
  OptionalInt label(Diagnosis diagnosis) {
    if (diagnosis == Diagnosis.UNLABELLED) {
      return OptionalInt.empty();
    }
    if (classMode == ClassMode.BINARY) {
      int positive = indexOf(Diagnosis.COVID_19);
      if (positive < 0) {
        return OptionalInt.empty();
      }
      return OptionalInt.of(diagnosis == Diagnosis.COVID_19 ? positive : 1 - positive);
    }
    int index = diagnosis == Diagnosis.OTHER ? -1 : indexOf(diagnosis);
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** A folder has the label of the class it is named after, else that of its name as a finding. */
  OptionalInt labelOfFolder(String folder) {
    for (int i = 0; i < classes.size(); i++) {
      if (Diagnosis.plain(classes.get(i)).equals(Diagnosis.plain(folder))) {
        return OptionalInt.of(i);
      }
    }
    return label(diagnose(folder));
  }

  private int indexOf(Diagnosis diagnosis) {
    for (int i = 0; i < classes.size(); i++) {
      if (Diagnosis.ofClass(classes.get(i)) == diagnosis) {
        return i;
      }
    }
    return -1;
  }
}
