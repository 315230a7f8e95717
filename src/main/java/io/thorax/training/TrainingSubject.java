package io.thorax.training;

import io.thorax.dataset.ClassMode;
import io.thorax.imaging.InputSpec;
import io.thorax.study.Sha256;
import java.util.List;
import java.util.Objects;

/**
 * What a training is about, which no request can change: the data set and how its images are seen.
 *
 * @param classes in the order of their labels
 * @param positiveClass one of them: whose precision and recall count
 */
public record TrainingSubject(
    Sha256 dataset,
    ClassMode classMode,
    List<String> classes,
    String positiveClass,
    InputSpec input) {

  public TrainingSubject {
    Objects.requireNonNull(dataset, "dataset");
    Objects.requireNonNull(classMode, "classMode");
    Objects.requireNonNull(input, "input");
    classes = List.copyOf(classes);
    if (classes.size() < 2) {
      throw new IllegalArgumentException("classes: a classifier has at least two");
    }
    if (!classes.contains(positiveClass)) {
      throw new IllegalArgumentException("positiveClass: not one of " + classes);
    }
  }
}
