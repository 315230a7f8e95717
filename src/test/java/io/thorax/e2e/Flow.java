package io.thorax.e2e;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Sends one after another in a thread of its own until it is stopped. */
final class Flow {
  private final AtomicInteger sent = new AtomicInteger();
  private final Thread thread;
  private volatile boolean stopped;
  private volatile RuntimeException failure;
  private volatile Duration pace;

  private Flow(Duration pace, int most, IntConsumer send) {
    this.pace = pace;
    this.thread = new Thread(() -> run(most, send), "flow");
    thread.setDaemon(true);
  }

  static Flow start(Duration pace, IntConsumer send) {
    return start(pace, Integer.MAX_VALUE, send);
  }

  static Flow start(Duration pace, int most, IntConsumer send) {
    Flow flow = new Flow(pace, most, send);
    flow.thread.start();
    return flow;
  }

  private void run(int most, IntConsumer send) {
    try {
      while (!stopped && sent.get() < most) {
        send.accept(sent.get());
        sent.incrementAndGet();
        Pauses.of(pace);
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  int sent() {
    return sent.get();
  }

  void hurry() {
    pace = Duration.ZERO;
  }

  void stop() throws InterruptedException {
    stopped = true;
    awaitEnd();
  }

  /** Until all were sent. */
  void awaitEnd() throws InterruptedException {
    thread.join();
    if (failure != null) {
      throw failure;
    }
  }
}
