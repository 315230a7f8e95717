package io.thorax.inference;

import java.util.Optional;

/** Counts the uses of a predictor; a retired one is closed with its last use. */
final class SharedPredictor {
  private final Predictor predictor;
  private int uses;
  private boolean retired;

  SharedPredictor(Predictor predictor) {
    this.predictor = predictor;
  }

  Predictor predictor() {
    return predictor;
  }

  /** Empty if it was retired meanwhile: look again, there is a successor. */
  synchronized Optional<Lease> lease() {
    if (retired) {
      return Optional.empty();
    }
    uses++;
    return Optional.of(new Lease(this));
  }

  synchronized void release() {
    uses--;
    closeIfDone();
  }

  synchronized void retire() {
    retired = true;
    closeIfDone();
  }

  private void closeIfDone() {
    if (retired && uses == 0) {
      predictor.close();
    }
  }
}
