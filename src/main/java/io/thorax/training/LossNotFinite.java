package io.thorax.training;

import io.thorax.study.Failure;

/** The loss became infinite or not a number; nothing learned from there on would mean anything. */
public final class LossNotFinite extends ArithmeticException {
  private static final long serialVersionUID = 1L;
  private final int epoch;
  private final int step;

  private LossNotFinite(String message, int epoch, int step) {
    super(message);
    this.epoch = epoch;
    this.step = step;
  }

  /** As it crosses the package's border: trying again would end the same. */
  static Failure.Poison inStep(int epoch, int step, double loss) {
    return poison("training loss " + loss + " in epoch " + epoch + ", step " + step, epoch, step);
  }

  static Failure.Poison inEvaluation(int epoch, double loss) {
    return poison("loss " + loss + " when measured after epoch " + epoch, epoch, 0);
  }

  private static Failure.Poison poison(String what, int epoch, int step) {
    String message = what + ": a lower learning rate (lr) may help";
    return new Failure.Poison(message, new LossNotFinite(message, epoch, step));
  }

  /** From 1. */
  public int epoch() {
    return epoch;
  }

  /** From 1; 0 if it was not a training step's loss. */
  public int step() {
    return step;
  }
}
