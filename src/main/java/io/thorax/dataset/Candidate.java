package io.thorax.dataset;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An image that a layout offers: labelled, its file present, not yet read.
 *
 * @param path relative to the source
 * @param patients the patients it shows, as keys that name their collection; empty if not told
 * @param viewRule what is still to be asked of the image's header
 */
record Candidate(
    Layout layout,
    String path,
    Set<String> patients,
    int label,
    Optional<String> view,
    ViewRule viewRule,
    Optional<String> sex) {

  /** Where the view of an image is told. */
  enum ViewRule {
    /** By the source's metadata, and it was one of those asked for. */
    SETTLED,
    /** By the DICOM header; an image whose header does not tell is left out. */
    REQUIRED_IN_HEADER,
    /** By the DICOM header if there is one that tells; else any view goes. */
    IF_IN_HEADER
  }

  Candidate {
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(path, "path");
    patients = Set.copyOf(patients);
  }

  Candidate withPatients(Set<String> union) {
    return new Candidate(layout, path, union, label, view, viewRule, sex);
  }

  /** M or F, however a source writes it. */
  static Optional<String> sex(String text) {
    return switch (Diagnosis.plain(text)) {
      case "m", "male" -> Optional.of("M");
      case "f", "female" -> Optional.of("F");
      default -> Optional.empty();
    };
  }
}
