package io.thorax.api;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that may be in use together. Thread-safe. */
final class MemoryBudget {
  private final AtomicLong free;

  MemoryBudget(long bytes) {
    this.free = new AtomicLong(bytes);
  }

  /** Whether so much was free; then it is taken. */
  boolean take(long bytes) {
    long now = free.get();
    while (now >= bytes) {
      if (free.compareAndSet(now, now - bytes)) {
        return true;
      }
      now = free.get();
    }
    return false;
  }

  void giveBack(long bytes) {
    free.addAndGet(bytes);
  }
}
