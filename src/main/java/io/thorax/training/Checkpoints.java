package io.thorax.training;

import io.thorax.study.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * A store's checkpoints beside the running training: one is written while the next epoch is
 * trained, tried again for as long as the store is away. {@link #awaitLast} before each new one
 * bounds how far the training gets ahead: one epoch.
 */
final class Checkpoints implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Checkpoints.class);
  private static final long POLL_MILLIS = 100;
  private static final long CLOSING_SECONDS = 60;

  private final CheckpointStore store;
  private final TrainingListener listener;
  private final TrainerSettings settings;
  private final Runnable cancellationCheck;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "thorax-checkpoints");
            thread.setDaemon(true);
            return thread;
          });
  private Future<?> last;

  /**
   * @param cancellationCheck throws when the training shall end
   */
  Checkpoints(
      CheckpointStore store,
      TrainingListener listener,
      TrainerSettings settings,
      Runnable cancellationCheck) {
    this.store = store;
    this.listener = listener;
    this.settings = settings;
    this.cancellationCheck = cancellationCheck;
  }

  /** Waits while the store is away. */
  Optional<Checkpoint> latest() {
    return await(writer.submit(() -> persistently(0, store::latest)));
  }

  /** Begins to write it; the one before must have been awaited. */
  void save(Checkpoint checkpoint) {
    last =
        writer.submit(
            () -> {
              long begun = System.nanoTime();
              persistently(checkpoint.epoch(), () -> saved(checkpoint));
              listener.checkpointStored(
                  checkpoint.epoch(), Duration.ofNanos(System.nanoTime() - begun));
              return null;
            });
  }

  private int saved(Checkpoint checkpoint) {
    store.save(checkpoint);
    return checkpoint.epoch();
  }

  /**
   * Waits until the last one is durable.
   *
   * @throws Failure if the store fails for good
   */
  void awaitLast() {
    Future<?> awaited = last;
    last = null;
    if (awaited != null) {
      await(awaited);
    }
  }

  private <T> T await(Future<T> future) {
    while (true) {
      try {
        return future.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        cancellationCheck.run();
      } catch (ExecutionException e) {
        throw Failure.of(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted at a checkpoint");
      }
    }
  }

  private <T> T persistently(int epoch, Supplier<T> work) throws InterruptedException {
    Duration delay = settings.retryDelay();
    while (true) {
      try {
        return work.get();
      } catch (Failure.Transient e) {
        LOG.warnf("the checkpoint store is away, tried again in %s: %s", delay, e.getMessage());
        listener.checkpointDelayed(epoch, e);
        if (closing.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
          throw e;
        }
        delay = settings.delayAfter(delay);
      }
    }
  }

  /** A checkpoint that is being written is finished, one that waits for the store is given up. */
  @Override
  public void close() {
    closing.countDown();
    writer.shutdown();
    try {
      if (!writer.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        writer.shutdownNow();
      }
    } catch (InterruptedException e) {
      writer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
