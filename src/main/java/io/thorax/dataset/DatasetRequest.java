package io.thorax.dataset;

import java.util.List;
import java.util.Optional;

/**
 * The data of a {@code dataset.requested} event: what it leaves out is as configured.
 *
 * @param classes if left out, those configured for the class mode
 */
public record DatasetRequest(
    String name,
    Sources sources,
    Optional<List<String>> views,
    Optional<ClassMode> classMode,
    Optional<List<String>> classes,
    Optional<Double> valSplit,
    Optional<Double> testSplit,
    Optional<Integer> numRsnaImages,
    Optional<GroupBy> groupBy,
    Optional<String> folderPatientSeparator,
    Optional<Long> seed) {

  public DatasetRequest {
    if (sources == null) {
      throw new DatasetException("sources", "name at least one of mila, figure1, rsna, folder");
    }
    views = orEmpty(views);
    classMode = orEmpty(classMode);
    classes = orEmpty(classes);
    valSplit = orEmpty(valSplit);
    testSplit = orEmpty(testSplit);
    numRsnaImages = orEmpty(numRsnaImages);
    groupBy = orEmpty(groupBy);
    folderPatientSeparator = orEmpty(folderPatientSeparator);
    seed = orEmpty(seed);
  }

  /** Everything as configured. */
  public static DatasetRequest of(String name, Sources sources) {
    return new DatasetRequest(name, sources, null, null, null, null, null, null, null, null, null);
  }

  /**
   * @throws DatasetException if a field, given or configured, is out of its range
   */
  public DatasetSpec complete(DatasetConfig config) {
    ClassMode mode = classMode.orElse(config.classMode());
    List<String> configured =
        mode == ClassMode.BINARY ? config.classes().binary() : config.classes().multiclass();
    return new DatasetSpec(
        name,
        sources,
        new DatasetRules(
            views.orElse(config.views()),
            mode,
            classes.orElse(configured),
            valSplit.orElse(config.valSplit()),
            testSplit.orElse(config.testSplit()),
            numRsnaImages.orElse(config.numRsnaImages()),
            groupBy.orElse(config.groupBy()),
            folderPatientSeparator.or(config::folderPatientSeparator).orElse(""),
            config.otherPneumonias(),
            new NearDuplicateRule(
                config.nearDuplicates().distance(), config.nearDuplicates().correlation()),
            seed.orElse(config.seed())));
  }

  // A JSON reader without support for Optional hands over null for what is not there.
  private static <T> Optional<T> orEmpty(Optional<T> given) {
    return given == null ? Optional.empty() : given;
  }
}
