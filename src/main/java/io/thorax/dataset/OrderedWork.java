package io.thorax.dataset;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Works on items in parallel and hands over the results in the items' order, on the caller's
 * thread. At most {@value #WINDOW_FACTOR} results a worker wait at any time, so memory stays
 * bounded.
 */
final class OrderedWork implements AutoCloseable {
  private static final int WINDOW_FACTOR = 4;

  private static final Logger LOG = Logger.getLogger(OrderedWork.class);
  private static final long CLOSING_SECONDS = 60;

  private final ExecutorService workers;
  private final int window;

  OrderedWork(int parallelism) {
    AtomicInteger threads = new AtomicInteger();
    this.window = parallelism * WINDOW_FACTOR;
    this.workers =
        Executors.newFixedThreadPool(
            parallelism,
            task -> {
              Thread thread = new Thread(task, "dataset-" + threads.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Works on the items until {@code limit} results were accepted. No item is worked on that could
   * not be among them, so the same items are, whatever the parallelism.
   *
   * @param accept says whether a result counts
   * @return how many items were worked on
   * @throws CancellationException if the caller's thread is interrupted; its flag stays set
   */
  <T, R> int run(List<T> items, int limit, Function<T, R> work, Predicate<R> accept) {
    Deque<Future<R>> waiting = new ArrayDeque<>();
    Iterator<T> left = items.iterator();
    int accepted = 0;
    int worked = 0;
    while (true) {
      while (left.hasNext() && waiting.size() < window && accepted + waiting.size() < limit) {
        T item = left.next();
        worked++;
        waiting.add(workers.submit(() -> work.apply(item)));
      }
      if (waiting.isEmpty()) {
        return worked;
      }
      if (accept.test(await(waiting.remove()))) {
        accepted++;
      }
    }
  }

  private static <R> R await(Future<R> future) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Work under way is interrupted and waited for, work waiting dropped. */
  @Override
  public void close() {
    workers.shutdownNow();
    try {
      if (!workers.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("images are still being worked on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
