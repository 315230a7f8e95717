package io.thorax.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thorax.dataset.PixelSet;
import io.thorax.imaging.InputSpec;
import io.thorax.imaging.InputTransform;
import io.thorax.imaging.Natives;
import io.thorax.imaging.ReducedImage;
import io.thorax.study.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchFeedTest {
  private static final InputSpec INPUT = InputSpec.ofSize(16, 16);
  private static final SyntheticPixels PIXELS = SyntheticPixels.of(4, 13, 10);
  private static final EpochOrder ORDER =
      new EpochOrder(IntStream.range(0, PIXELS.size()).toArray(), 11, 10);

  @BeforeAll
  static void loadNatives() {
    Natives.load();
  }

  private static BatchFeed feed(PixelSet pixels, int threads) {
    return new BatchFeed(pixels, INPUT, ORDER, new double[] {0.5, 2}, 5, threads);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anEpochShowsEachImageTurnedAndStandardisedInItsOrder(int threads) {
    InputTransform transform = new InputTransform(INPUT);
    int[] order = ORDER.shuffled(2);
    int next = 0;
    List<Integer> sizes = new ArrayList<>();
    try (BatchFeed feed = feed(PIXELS, threads);
        EpochBatches batches = feed.shuffled(2)) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        sizes.add(batch.size());
        float[] all = new float[batch.size() * INPUT.length()];
        batch.images().asRawTensor().data().asFloats().read(all);
        for (int i = 0; i < batch.size(); i++, next++) {
          float[] expected = new float[INPUT.length()];
          transform.standardise(
              transform.rotate(PIXELS.image(order[next]), ORDER.rotation(2, order[next])),
              expected);
          assertArrayEquals(
              expected, Arrays.copyOfRange(all, i * INPUT.length(), (i + 1) * INPUT.length()));
          int label = PIXELS.label(order[next]);
          assertEquals(label, batch.label(i));
          assertEquals(1, batch.targets().getFloat(i, label));
          assertEquals(0, batch.targets().getFloat(i, 1 - label));
          assertEquals(label == 0 ? 0.5f : 2, batch.weights().getFloat(i));
        }
      }
    }
    assertEquals(List.of(5, 5, 5, 5, 3), sizes);
  }

  @Test
  void anEpochThatIsLeftEarlyDoesNotDisturbTheNext() {
    try (BatchFeed feed = feed(PIXELS, 2)) {
      try (EpochBatches left = feed.shuffled(1)) {
        left.next();
      }
      try (EpochBatches batches = feed.inOrder()) {
        for (int from = 0; batches.hasNext(); from += 5) {
          Batch batch = batches.next();
          for (int i = 0; i < batch.size(); i++) {
            assertEquals(PIXELS.label(from + i), batch.label(i));
          }
        }
        assertFalse(batches.hasNext());
      }
    }
  }

  @Test
  void anUnreadableImageEndsTheEpoch() {
    PixelSet broken =
        new PixelSet() {
          @Override
          public int size() {
            return PIXELS.size();
          }

          @Override
          public int label(int index) {
            return PIXELS.label(index);
          }

          @Override
          public ReducedImage image(int index) {
            throw new Failure.Poison("altered");
          }

          @Override
          public String id(int index) {
            return PIXELS.id(index);
          }
        };
    try (BatchFeed feed = feed(broken, 1);
        EpochBatches batches = feed.shuffled(1)) {
      assertThrows(Failure.Poison.class, batches::next);
    }
  }
}
