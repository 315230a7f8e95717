package io.thorax.inference;

/** The use of a loaded model: it is not closed before every lease on it is. */
public final class Lease implements AutoCloseable {
  private final SharedPredictor shared;

  Lease(SharedPredictor shared) {
    this.shared = shared;
  }

  public Predictor predictor() {
    return shared.predictor();
  }

  @Override
  public void close() {
    shared.release();
  }
}
