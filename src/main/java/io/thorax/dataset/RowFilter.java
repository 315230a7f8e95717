package io.thorax.dataset;

import java.util.Locale;
import java.util.OptionalInt;

/** Which rows of a metadata table are asked for, and their label; counts those that are not. */
final class RowFilter {
  private final Layout layout;
  private final Labelling labelling;
  private final Views views;
  private final LeftOut leftOut;

  RowFilter(Layout layout, DatasetRules rules, LeftOut leftOut) {
    this.layout = layout;
    this.labelling = rules.labelling();
    this.views = new Views(rules.views());
    this.leftOut = leftOut;
  }

  /** Empty, and counted, if the row is not wanted. A blank modality is taken for an X-ray. */
  OptionalInt label(String modality, String view, String finding) {
    if (!modality.isEmpty() && !modality.toLowerCase(Locale.ROOT).startsWith("x-ray")) {
      return omit(Omission.NOT_AN_XRAY);
    }
    if (view.isEmpty()) {
      return omit(Omission.UNKNOWN_VIEW);
    }
    return views.take(view) ? label(labelling.diagnose(finding)) : omit(Omission.OTHER_VIEW);
  }

  OptionalInt label(Diagnosis diagnosis) {
    if (diagnosis == Diagnosis.UNLABELLED) {
      return omit(Omission.UNLABELLED);
    }
    OptionalInt label = labelling.label(diagnosis);
    return label.isPresent() ? label : omit(Omission.OUTSIDE_CLASSES);
  }

  private OptionalInt omit(Omission omission) {
    leftOut.count(layout, omission);
    return OptionalInt.empty();
  }
}
