package io.thorax.dataset;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How far the images placed so far are from the asked shares: over splits, the chi-square distance
 * sum (n - t)^2 / t of the images n of a class from their target t, and with a smaller weight the
 * same for each source within a class. A class missing from a split, once demanded, outweighs every
 * distance; from training more than from test, from test more than from validation, so a class of
 * few groups is first of all trained on.
 */
final class SplitBalance {
  private static final double SOURCE_WEIGHT = 0.25;
  private static final double MISSING = 1e9;
  private static final double IN_NO_SPLIT = 1e12;
  private static final Map<Split, Double> MISSING_WEIGHT =
      Map.of(Split.TRAIN, 4.0, Split.TEST, 2.0, Split.VAL, 1.0);

  private final int classes;
  private final int sources;
  private final Map<Split, Double> shares;
  private final int[] totals;
  private final int[] groupsWith;
  private final Map<Split, int[]> placed = new EnumMap<>(Split.class);
  private boolean everyClassDemanded;

  SplitBalance(int classes, Map<Split, Double> shares, List<GroupedSplit.Group> groups) {
    int strata = groups.isEmpty() ? classes : groups.get(0).counts().length;
    this.classes = classes;
    this.sources = strata / classes;
    this.shares = shares;
    this.totals = new int[strata];
    groups.forEach(group -> accumulate(totals, group.counts(), 1));
    this.groupsWith = new int[classes];
    for (GroupedSplit.Group group : groups) {
      for (int c = 0; c < classes; c++) {
        groupsWith[c] += sumOfClass(group.counts(), c) > 0 ? 1 : 0;
      }
    }
    shares.keySet().forEach(split -> placed.put(split, new int[strata]));
  }

  void demandEveryClass() {
    everyClassDemanded = true;
  }

  void add(GroupedSplit.Group group, Split split) {
    accumulate(placed.get(split), group.counts(), 1);
  }

  void remove(GroupedSplit.Group group, Split split) {
    accumulate(placed.get(split), group.counts(), -1);
  }

  double costOfAdding(GroupedSplit.Group group, Split split) {
    return change(group, split, 1);
  }

  double reliefOfRemoving(GroupedSplit.Group group, Split split) {
    return -change(group, split, -1);
  }

  double cost() {
    double cost = 0;
    for (Split split : placed.keySet()) {
      for (int c = 0; c < classes; c++) {
        cost += costOfClass(split, c, null, 0);
      }
    }
    return cost;
  }

  /** Whether a split has no image of a class that occurs, though it should have a share. */
  boolean lacksAClass() {
    return cost() >= MISSING;
  }

  int groupsOfRarestClass(GroupedSplit.Group group) {
    int fewest = Integer.MAX_VALUE;
    for (int c = 0; c < classes; c++) {
      if (sumOfClass(group.counts(), c) > 0) {
        fewest = Math.min(fewest, groupsWith[c]);
      }
    }
    return fewest;
  }

  private double change(GroupedSplit.Group group, Split split, int sign) {
    double change = 0;
    for (int c = 0; c < classes; c++) {
      if (sumOfClass(group.counts(), c) > 0) {
        change += costOfClass(split, c, group.counts(), sign) - costOfClass(split, c, null, 0);
      }
    }
    return change;
  }

  private double costOfClass(Split split, int classIndex, int[] extra, int sign) {
    double share = shares.get(split);
    int images = 0;
    double cost = 0;
    for (int i = classIndex * sources; i < (classIndex + 1) * sources; i++) {
      int n = placed.get(split)[i] + (extra == null ? 0 : sign * extra[i]);
      images += n;
      cost += SOURCE_WEIGHT * distance(n, share * totals[i]);
    }
    int total = sumOfClass(totals, classIndex);
    if (everyClassDemanded && images == 0 && total > 0 && share > 0) {
      cost += MISSING * MISSING_WEIGHT.get(split);
    }
    return cost + distance(images, share * total);
  }

  private static double distance(int images, double target) {
    if (target <= 0) {
      return images * IN_NO_SPLIT;
    }
    return (images - target) * (images - target) / target;
  }

  private int sumOfClass(int[] counts, int classIndex) {
    int sum = 0;
    for (int i = classIndex * sources; i < (classIndex + 1) * sources; i++) {
      sum += counts[i];
    }
    return sum;
  }

  private static void accumulate(int[] sums, int[] counts, int sign) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += sign * counts[i];
    }
  }
}
