package io.thorax.dataset;

import io.thorax.imaging.Fingerprint;
import io.thorax.imaging.PerceptualHash;
import io.thorax.study.Sha256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which images belong together: those of one patient and those that are the same picture, and what
 * follows from both (the closure of the two relations).
 *
 * @param groupOf for each sample, the name of its group: the first 16 digits of the least SHA-256
 *     in it, so it does not hang on the order of the samples
 * @param nearDuplicatePairs pairs found to be the same picture
 */
record Grouping(List<String> groupOf, int nearDuplicatePairs) {
  private static final int NAME_LENGTH = 16;

  Grouping {
    groupOf = List.copyOf(groupOf);
  }

  static Grouping of(List<Sample> samples, GroupBy groupBy, NearDuplicateRule rule) {
    DisjointSets sets = new DisjointSets(samples.size());
    if (groupBy == GroupBy.PATIENT) {
      unitePatients(samples, sets);
    }
    int pairs = uniteNearDuplicates(samples, rule, sets);
    return new Grouping(names(samples, sets), pairs);
  }

  private static void unitePatients(List<Sample> samples, DisjointSets sets) {
    Map<String, Integer> firstOf = new HashMap<>();
    for (int i = 0; i < samples.size(); i++) {
      for (String patient : samples.get(i).candidate().patients()) {
        Integer first = firstOf.putIfAbsent(patient, i);
        if (first != null) {
          sets.union(first, i);
        }
      }
    }
  }

  // Every pair is compared: 30,000 images are 450 million XORs and bit counts, below a second.
  private static int uniteNearDuplicates(
      List<Sample> samples, NearDuplicateRule rule, DisjointSets sets) {
    Fingerprint[] prints = samples.stream().map(Sample::fingerprint).toArray(Fingerprint[]::new);
    long[] hashes = samples.stream().mapToLong(sample -> sample.fingerprint().hash()).toArray();
    int pairs = 0;
    for (int i = 0; i < prints.length; i++) {
      for (int j = i + 1; j < prints.length; j++) {
        if (PerceptualHash.distance(hashes[i], hashes[j]) <= rule.distance()
            && PerceptualHash.nearDuplicate(
                prints[i], prints[j], rule.distance(), rule.correlation())) {
          pairs++;
          sets.union(i, j);
        }
      }
    }
    return pairs;
  }

  private static List<String> names(List<Sample> samples, DisjointSets sets) {
    Map<Integer, Sha256> least = new HashMap<>();
    for (int i = 0; i < samples.size(); i++) {
      Sha256 own = samples.get(i).sha256();
      least.merge(sets.find(i), own, (a, b) -> a.compareTo(b) <= 0 ? a : b);
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      names.add(least.get(sets.find(i)).hex().substring(0, NAME_LENGTH));
    }
    return names;
  }
}
