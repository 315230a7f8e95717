package io.thorax.study;

import java.util.regex.Pattern;

/** How a request names a model: by an alias, which may be moved, or by its digest. */
public final class ModelReference {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private ModelReference() {}

  /** An alias or a digest. */
  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  /** 1 to 64 letters, digits, dots, dashes and underscores that are never taken for a digest. */
  public static boolean isAlias(String text) {
    return isValid(text) && !Sha256.isValid(text);
  }
}
