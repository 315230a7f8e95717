package io.thorax.study;

import java.util.regex.Pattern;

/** The form of a DICOM unique identifier (PS3.5, section 9.1). */
public final class DicomUid {
  /** Components are not looked at: many a UID in use has one with a leading zero. */
  private static final Pattern FORM = Pattern.compile("[0-9.]{1,64}");

  private DicomUid() {}

  /** At most 64 digits and dots. */
  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }
}
