package io.thorax.e2e;

import java.time.Duration;

/** Waiting that does not forget an interrupt. */
final class Pauses {
  private Pauses() {}

  static void of(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
