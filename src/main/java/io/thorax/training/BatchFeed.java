package io.thorax.training;

import io.thorax.dataset.PixelSet;
import io.thorax.imaging.InputSpec;
import io.thorax.imaging.InputTransform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Prepares the batches of a split while earlier ones are computed on: turned, standardised, in
 * tensors that are used again. With n threads n batches are in preparation or ready, and one is
 * out. The last batch of an epoch is as small as it comes. One epoch at a time; one thread takes
 * them.
 */
final class BatchFeed implements AutoCloseable {
  private static final long CLOSING_SECONDS = 60;

  private final PixelSet pixels;
  private final InputTransform transform;
  private final EpochOrder order;
  private final double[] classWeights;
  private final int batchSize;
  private final ExecutorService preparation;
  private final List<Buffers> buffers = new ArrayList<>();

  /**
   * @param classWeights of each class's images in the loss; as many as classes
   */
  BatchFeed(
      PixelSet pixels,
      InputSpec input,
      EpochOrder order,
      double[] classWeights,
      int batchSize,
      int threads) {
    this.pixels = pixels;
    this.transform = new InputTransform(input);
    this.order = order;
    this.classWeights = classWeights.clone();
    this.batchSize = batchSize;
    AtomicInteger number = new AtomicInteger();
    this.preparation =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "thorax-batches-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    for (int i = 0; i <= threads; i++) {
      buffers.add(new Buffers());
    }
  }

  int images() {
    return order.size();
  }

  int steps() {
    return (order.size() + batchSize - 1) / batchSize;
  }

  /** Begins an epoch's batches, shuffled and turned. */
  EpochBatches shuffled(int epoch) {
    return new EpochBatches(this, epoch, order.shuffled(epoch));
  }

  /** Begins one pass over the images as they lie, unturned. */
  EpochBatches inOrder() {
    return new EpochBatches(this, 0, EpochOrder.asTheyLie(order.size()).images());
  }

  List<Buffers> buffers() {
    return buffers;
  }

  /** The step's batch in the given buffers, once it is prepared. */
  Future<Batch> prepare(Buffers into, int epoch, int[] positions, int step) {
    int from = step * batchSize;
    int to = Math.min(positions.length, from + batchSize);
    return preparation.submit(() -> fill(into, epoch, positions, from, to));
  }

  private Batch fill(Buffers into, int epoch, int[] positions, int from, int to) {
    Batch batch = into.ofSize(to - from);
    for (int i = from; i < to; i++) {
      int image = order.images()[positions[i]];
      double angle = order.rotation(epoch, positions[i]);
      transform.standardise(transform.rotate(pixels.image(image), angle), into.scratch);
      int label = pixels.label(image);
      batch.set(i - from, into.scratch, label, (float) classWeights[label]);
    }
    return batch;
  }

  /** No epoch may be open. */
  @Override
  public void close() {
    preparation.shutdownNow();
    try {
      if (preparation.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        buffers.forEach(Buffers::close);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The tensors of one batch in work: one set for full batches, one for the epoch's last. */
  final class Buffers {
    private final Map<Integer, Batch> bySize = new HashMap<>();
    private final float[] scratch = new float[transform.spec().length()];

    private Batch ofSize(int size) {
      InputSpec input = transform.spec();
      return bySize.computeIfAbsent(
          size,
          n ->
              new Batch(n, input.height(), input.width(), InputSpec.CHANNELS, classWeights.length));
    }

    private void close() {
      bySize.values().forEach(Batch::close);
    }
  }
}
