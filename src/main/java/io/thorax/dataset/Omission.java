package io.thorax.dataset;

import java.util.Locale;

/** Why a row or an image of a source is not in the data set, short of being undecodable. */
enum Omission {
  UNLABELLED,
  /** Labelled, but with a finding that none of the classes gathers. */
  OUTSIDE_CLASSES,
  OTHER_VIEW,
  UNKNOWN_VIEW,
  NOT_AN_XRAY,
  /** Folder layout: a file that is no picture by its name, or lies in no class's folder. */
  NOT_AN_IMAGE,
  MISSING_IMAGE,
  /** A further row of an image that another row has brought in (RSNA: one row for each box). */
  REPEATED_ROW,
  /** The same bytes under another name. */
  REPEATED_CONTENT,
  /** Two rows, or two files of the same bytes, that disagree about the label. */
  CONFLICTING_LABELS,
  MALFORMED_ROW,
  /** RSNA: not needed for the number of images asked for, and mostly not even read. */
  BEYOND_NUM_RSNA_IMAGES;

  String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
