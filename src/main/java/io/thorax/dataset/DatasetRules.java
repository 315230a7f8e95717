package io.thorax.dataset;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * All that decides, given the images, what a data set holds.
 *
 * @param views a row is taken if one of these is a word of its view ("AP" takes "AP Supine")
 * @param classes names in the order of their labels 0, 1, ..
 * @param valSplit share of all images, 0 to below 1
 * @param testSplit share of all images, 0 to below 1
 * @param numRsnaImages half of them (rounded down) without pneumonia, the rest with
 * @param folderPatientSeparator folder layout: a file's name up to the first separator names its
 *     patient; empty text: each image its own
 * @param otherPneumonias findings that are a pneumonia though their name does not say so
 * @param seed of the division into splits
 */
public record DatasetRules(
    List<String> views,
    ClassMode classMode,
    List<String> classes,
    double valSplit,
    double testSplit,
    int numRsnaImages,
    GroupBy groupBy,
    String folderPatientSeparator,
    List<String> otherPneumonias,
    NearDuplicateRule nearDuplicates,
    long seed) {

  public DatasetRules {
    Objects.requireNonNull(groupBy, "groupBy");
    Objects.requireNonNull(folderPatientSeparator, "folderPatientSeparator");
    Objects.requireNonNull(nearDuplicates, "nearDuplicates");
    views = List.copyOf(views);
    classes = List.copyOf(classes);
    otherPneumonias = List.copyOf(otherPneumonias);
    require(!views.isEmpty(), "views", "name at least one");
    require(views.stream().noneMatch(String::isBlank), "views", "one is blank");
    requireShare(valSplit, "valSplit");
    requireShare(testSplit, "testSplit");
    require(valSplit + testSplit < 1, "valSplit", "with testSplit it leaves nothing to train on");
    require(numRsnaImages >= 0, "numRsnaImages", "must not be negative");
    require(classMode != null, "classMode", "must be binary or multiclass");
    requireClasses(classMode, classes);
  }

  private static void requireClasses(ClassMode classMode, List<String> classes) {
    require(
        classMode == ClassMode.MULTICLASS || classes.size() == 2,
        "classes",
        "binary takes 2, not " + classes.size());
    require(classes.size() >= 2, "classes", "multiclass takes at least 2");
    require(classes.stream().noneMatch(String::isBlank), "classes", "a name is blank");
    long distinct =
        classes.stream().map(c -> c.strip().toLowerCase(Locale.ROOT)).distinct().count();
    require(distinct == classes.size(), "classes", "a name occurs twice");
  }

  private static void requireShare(double share, String field) {
    require(share >= 0 && share < 1, field, "must be at least 0 and less than 1, not " + share);
  }

  private static void require(boolean holds, String field, String problem) {
    if (!holds) {
      throw new DatasetException(field, problem);
    }
  }

  Labelling labelling() {
    return new Labelling(classMode, classes, otherPneumonias);
  }
}
