package io.thorax.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a data set holds, counted, and what its sources hold that it does not.
 *
 * @param patients patients told by the sources; 0 if none tells
 * @param bySource source, class, split: images
 * @param missing classes that a split has no image of, as "split: class"
 * @param nearDuplicatePairs pairs of images found to be the same picture, all kept to one split
 * @param leftOut source, reason: rows or files
 */
public record DatasetSummary(
    int images,
    int groups,
    int patients,
    Map<String, Integer> classes,
    Map<String, Integer> sources,
    Map<String, Integer> views,
    Map<String, Integer> formats,
    Map<String, SplitCounts> splits,
    Map<String, Map<String, Map<String, Integer>>> bySource,
    List<String> missing,
    int nearDuplicatePairs,
    Map<String, Map<String, Integer>> leftOut) {

  private static final String NOT_TOLD = "not-told";

  /** One split's images and groups, its images by class and by source. */
  public record SplitCounts(
      int images, int groups, Map<String, Integer> classes, Map<String, Integer> sources) {}

  static DatasetSummary of(
      Catalogue catalogue,
      DatasetRules rules,
      int nearDuplicatePairs,
      Map<String, Map<String, Integer>> leftOut) {
    List<CatalogueEntry> entries = catalogue.entries();
    Map<String, SplitCounts> splits = new TreeMap<>();
    for (Split split : Split.values()) {
      splits.put(
          split.wireName(), ofSplit(entries.stream().filter(e -> e.split() == split).toList()));
    }
    return new DatasetSummary(
        entries.size(),
        groups(entries),
        (int) entries.stream().flatMap(entry -> entry.patients().stream()).distinct().count(),
        count(entries, CatalogueEntry::labelName),
        count(entries, entry -> entry.source().wireName()),
        count(entries, entry -> entry.view().orElse(NOT_TOLD)),
        count(entries, entry -> entry.format().extension()),
        splits,
        bySource(entries),
        missing(splits, rules),
        nearDuplicatePairs,
        leftOut);
  }

  private static SplitCounts ofSplit(List<CatalogueEntry> entries) {
    return new SplitCounts(
        entries.size(),
        groups(entries),
        count(entries, CatalogueEntry::labelName),
        count(entries, entry -> entry.source().wireName()));
  }

  private static int groups(List<CatalogueEntry> entries) {
    return (int) entries.stream().map(CatalogueEntry::group).distinct().count();
  }

  private static Map<String, Integer> count(
      List<CatalogueEntry> entries, Function<CatalogueEntry, String> by) {
    return entries.stream().collect(Collectors.toMap(by, entry -> 1, Integer::sum, TreeMap::new));
  }

  private static Map<String, Map<String, Map<String, Integer>>> bySource(
      List<CatalogueEntry> entries) {
    Map<String, Map<String, Map<String, Integer>>> table = new TreeMap<>();
    for (CatalogueEntry entry : entries) {
      table
          .computeIfAbsent(entry.source().wireName(), source -> new TreeMap<>())
          .computeIfAbsent(entry.labelName(), label -> new TreeMap<>())
          .merge(entry.split().wireName(), 1, Integer::sum);
    }
    return table;
  }

  private static List<String> missing(Map<String, SplitCounts> splits, DatasetRules rules) {
    List<String> missing = new ArrayList<>();
    for (Split split : Split.values()) {
      boolean wanted =
          switch (split) {
            case TRAIN -> true;
            case VAL -> rules.valSplit() > 0;
            case TEST -> rules.testSplit() > 0;
          };
      for (String label : rules.classes()) {
        if (wanted && !splits.get(split.wireName()).classes().containsKey(label)) {
          missing.add(split.wireName() + ": " + label);
        }
      }
    }
    return missing;
  }
}
