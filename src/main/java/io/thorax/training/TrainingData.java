package io.thorax.training;

import io.thorax.dataset.PixelSet;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The images of a training.
 *
 * @param test may be empty; read once, after the last epoch
 * @param sourceOf the source of the image of an id ({@link PixelSet#id}), where it is known:
 *     metrics are then also reported for each source alone
 */
public record TrainingData(
    PixelSet training,
    PixelSet validation,
    PixelSet test,
    Function<String, Optional<String>> sourceOf) {

  public TrainingData {
    Objects.requireNonNull(test, "test");
    Objects.requireNonNull(sourceOf, "sourceOf");
    if (training.size() == 0) {
      throw new IllegalArgumentException("the training split has no image");
    }
    if (validation.size() == 0) {
      throw new IllegalArgumentException("the validation split has no image");
    }
  }

  /** Of unknown sources. */
  public TrainingData(PixelSet training, PixelSet validation, PixelSet test) {
    this(training, validation, test, id -> Optional.empty());
  }
}
