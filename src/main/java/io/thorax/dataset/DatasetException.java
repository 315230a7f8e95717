package io.thorax.dataset;

/**
 * A request that no data set can be made of: a field out of its range, a source without its
 * metadata, a class without an image. Asking again with the same request cannot help. The message
 * starts with the field's name and holds nothing of a patient.
 */
public final class DatasetException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private final String field;

  public DatasetException(String field, String problem) {
    this(field, problem, null);
  }

  public DatasetException(String field, String problem, Throwable cause) {
    super(field + ": " + problem, cause);
    this.field = field;
  }

  /** The request's field at fault, for instance {@code classes} or {@code sources.mila}. */
  public String field() {
    return field;
  }
}
