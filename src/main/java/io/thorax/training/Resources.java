package io.thorax.training;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a run has opened, closed in reverse. */
final class Resources implements AutoCloseable {
  private final Deque<Closing> opened = new ArrayDeque<>();

  private interface Closing extends AutoCloseable {
    @Override
    void close();
  }

  <T extends AutoCloseable> T add(T resource) {
    opened.push(
        () -> {
          try {
            resource.close();
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
    return resource;
  }

  @Override
  public void close() {
    RuntimeException first = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
