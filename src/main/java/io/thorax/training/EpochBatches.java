package io.thorax.training;

import io.thorax.study.Failure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** The batches of one pass, each valid until the next is taken. Closing waits for unread ones. */
final class EpochBatches implements AutoCloseable {
  private record Coming(Future<Batch> batch, BatchFeed.Buffers buffers) {}

  private final BatchFeed feed;
  private final int epoch;
  private final int[] positions;
  private final Deque<Coming> ahead = new ArrayDeque<>();
  private BatchFeed.Buffers out;
  private int begun;

  EpochBatches(BatchFeed feed, int epoch, int[] positions) {
    this.feed = feed;
    this.epoch = epoch;
    this.positions = positions;
    feed.buffers().forEach(this::begin);
  }

  private void begin(BatchFeed.Buffers into) {
    if (begun < feed.steps()) {
      ahead.add(new Coming(feed.prepare(into, epoch, positions, begun++), into));
    }
  }

  boolean hasNext() {
    return !ahead.isEmpty() || (out != null && begun < feed.steps());
  }

  /** Waits until the next batch is ready. The one before is written anew from now on. */
  Batch next() {
    if (out != null) {
      begin(out);
    }
    Coming coming = ahead.remove();
    out = coming.buffers();
    try {
      return coming.batch().get();
    } catch (ExecutionException e) {
      throw Failure.of(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a batch");
    }
  }

  @Override
  public void close() {
    boolean interrupted = false;
    while (!ahead.isEmpty()) {
      try {
        ahead.element().batch().get();
        ahead.remove();
      } catch (ExecutionException e) {
        ahead.remove();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
