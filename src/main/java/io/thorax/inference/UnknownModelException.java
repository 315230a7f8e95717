package io.thorax.inference;

/** No model has that alias or digest. */
public final class UnknownModelException extends Exception {
  private static final long serialVersionUID = 1L;

  UnknownModelException(String model) {
    super("no model has the alias or digest " + model);
  }
}
