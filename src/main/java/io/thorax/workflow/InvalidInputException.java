package io.thorax.workflow;

/** Something that a caller has given is of the wrong form. Its message may be shown. */
public final class InvalidInputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private final String field;

  public InvalidInputException(String field, String why) {
    this(field, why, null);
  }

  public InvalidInputException(String field, String why, Throwable cause) {
    super(why, cause);
    this.field = field;
  }

  /** Which of the things given. */
  public String field() {
    return field;
  }
}
