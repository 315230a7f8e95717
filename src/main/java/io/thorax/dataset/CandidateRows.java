package io.thorax.dataset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gathers the candidates of a source, one for each image. Further rows of the same image add their
 * patient; if they disagree about the label, the image is left out with all its rows.
 */
final class CandidateRows {
  private final Layout layout;
  private final LeftOut leftOut;
  private final Map<String, Candidate> byPath = new LinkedHashMap<>();
  private final Map<String, Integer> repeats = new LinkedHashMap<>();
  private final Set<String> conflicting = new HashSet<>();

  CandidateRows(Layout layout, LeftOut leftOut) {
    this.layout = layout;
    this.leftOut = leftOut;
  }

  void add(Candidate candidate) {
    Candidate known = byPath.putIfAbsent(candidate.path(), candidate);
    if (known == null) {
      return;
    }
    repeats.merge(candidate.path(), 1, Integer::sum);
    if (known.label() != candidate.label()) {
      conflicting.add(candidate.path());
    }
    Set<String> patients = new HashSet<>(known.patients());
    patients.addAll(candidate.patients());
    byPath.put(candidate.path(), known.withPatients(patients));
  }

  /** In the order of the first row of each; counts what is dropped. Call once. */
  List<Candidate> finish() {
    repeats.forEach(
        (path, rows) -> {
          if (conflicting.contains(path)) {
            leftOut.count(layout, Omission.CONFLICTING_LABELS, rows + 1);
          } else {
            leftOut.count(layout, Omission.REPEATED_ROW, rows);
          }
        });
    List<Candidate> candidates = new ArrayList<>(byPath.values());
    candidates.removeIf(candidate -> conflicting.contains(candidate.path()));
    return candidates;
  }
}
