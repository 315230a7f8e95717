package io.thorax.stack;

/** The step between two looks at a process or a port. */
final class Pause {
  private static final long STEP_MILLIS = 25;

  private Pause() {}

  static void briefly() {
    try {
      Thread.sleep(STEP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a server", e);
    }
  }
}
