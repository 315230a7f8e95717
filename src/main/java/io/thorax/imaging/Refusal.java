package io.thorax.imaging;

import io.thorax.study.Failure;
import io.thorax.study.RejectReason;

/** Makes the rejections of this package. Details name formats, sizes and tags, never values. */
final class Refusal {
  private Refusal() {}

  static Failure.Rejected corrupt(String detail) {
    return new Failure.Rejected(RejectReason.CORRUPT, detail);
  }

  static Failure.Rejected corrupt(String detail, Throwable cause) {
    return new Failure.Rejected(RejectReason.CORRUPT, detail, cause);
  }

  static Failure.Rejected unsupported(String detail) {
    return new Failure.Rejected(RejectReason.UNSUPPORTED_FORMAT, detail);
  }

  static Failure.Rejected tooLarge(String detail) {
    return new Failure.Rejected(RejectReason.TOO_LARGE, detail);
  }
}
