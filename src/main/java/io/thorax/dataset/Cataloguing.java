package io.thorax.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** From grouped samples to the catalogue: divides the groups and writes each image's entry. */
final class Cataloguing {
  private Cataloguing() {}

  static Catalogue of(List<Sample> samples, Grouping grouping, DatasetRules rules) {
    Map<String, Split> splits = split(samples, grouping, rules);
    List<CatalogueEntry> entries = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      String group = grouping.groupOf().get(i);
      entries.add(entry(samples.get(i), group, splits.get(group), rules));
    }
    return new Catalogue(entries);
  }

  private static Map<String, Split> split(
      List<Sample> samples, Grouping grouping, DatasetRules rules) {
    int sources = Layout.values().length;
    Map<String, int[]> counts = new HashMap<>();
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      int stratum = sample.label() * sources + sample.candidate().layout().ordinal();
      counts
          .computeIfAbsent(
              grouping.groupOf().get(i), group -> new int[rules.classes().size() * sources])[
          stratum]++;
    }
    List<GroupedSplit.Group> groups = new ArrayList<>();
    counts.forEach((name, images) -> groups.add(new GroupedSplit.Group(name, images)));
    return GroupedSplit.divide(
        groups, rules.classes().size(), rules.valSplit(), rules.testSplit(), rules.seed());
  }

  private static CatalogueEntry entry(
      Sample sample, String group, Split split, DatasetRules rules) {
    Candidate candidate = sample.candidate();
    return new CatalogueEntry(
        sample.sha256(),
        sample.label(),
        rules.classes().get(sample.label()),
        split,
        group,
        List.copyOf(new TreeSet<>(candidate.patients())),
        candidate.layout(),
        sample.view(),
        candidate.sex(),
        sample.width(),
        sample.height(),
        sample.format(),
        sample.fingerprint().hash(),
        candidate.path());
  }
}
