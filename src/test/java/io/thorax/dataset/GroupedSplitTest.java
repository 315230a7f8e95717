package io.thorax.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.dataset.GroupedSplit.Group;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A group has one place by the form of the result, so no group can be over two splits. */
class GroupedSplitTest {
  private static final int TRIALS = 400;
  private static final double VAL = 0.08;
  private static final double TEST = 0.1;

  @Test
  void everyClassHasNearlyItsShareInEverySplit() {
    for (int trial = 0; trial < TRIALS; trial++) {
      Random random = new Random(trial);
      int classes = 2 + random.nextInt(3);
      int sources = 1 + random.nextInt(4);
      int largest = 1 + random.nextInt(6);
      List<Group> groups = pureGroups(random, classes, sources, largest);
      Map<String, Split> places = GroupedSplit.divide(groups, classes, VAL, TEST, trial);
      assertEquals(groups.size(), places.size());
      for (int c = 0; c < classes; c++) {
        int total = imagesOf(groups, c, sources, null, places);
        for (Split split : Split.values()) {
          int images = imagesOf(groups, c, sources, split, places);
          double target = share(split) * total;
          assertTrue(
              Math.abs(images - target) <= Math.max(1, largest),
              "trial "
                  + trial
                  + ": class "
                  + c
                  + " has "
                  + images
                  + " of "
                  + target
                  + " in "
                  + split);
        }
      }
    }
  }

  @Test
  void aClassOfThreeGroupsOrMoreIsInEverySplit() {
    for (int trial = 0; trial < TRIALS; trial++) {
      Random random = new Random(trial);
      int classes = 2 + random.nextInt(4);
      List<Group> groups = new ArrayList<>();
      for (int c = 0; c < classes; c++) {
        int count = 3 + random.nextInt(c == 0 ? 60 : 5);
        for (int g = 0; g < count; g++) {
          groups.add(pure("g" + c + "-" + g, classes, 1, c, 0, 1 + random.nextInt(9)));
        }
      }
      Map<String, Split> places = GroupedSplit.divide(groups, classes, VAL, TEST, trial);
      for (int c = 0; c < classes; c++) {
        assertEquals(3, splitsWith(groups, c, places).size(), "trial " + trial + ", class " + c);
      }
    }
  }

  @Test
  void aClassOfTwoGroupsIsTrainedAndTestedOnAndOneOfOneGroupTrainedOn() {
    List<Group> groups = new ArrayList<>();
    for (int g = 0; g < 20; g++) {
      groups.add(pure("big" + g, 3, 1, 0, 0, 1));
    }
    groups.add(pure("two-1", 3, 1, 1, 0, 4));
    groups.add(pure("two-2", 3, 1, 1, 0, 5));
    groups.add(pure("one", 3, 1, 2, 0, 7));
    Map<String, Split> places = GroupedSplit.divide(groups, 3, VAL, TEST, 1);
    assertEquals(Set.of(Split.TRAIN, Split.TEST), splitsWith(groups, 1, places));
    assertEquals(Set.of(Split.TRAIN), splitsWith(groups, 2, places));
  }

  @Test
  void withMixedGroupsNoClassIsMissingThatExhaustiveSearchCanPlace() {
    for (int trial = 0; trial < TRIALS; trial++) {
      Random random = new Random(trial);
      int classes = 2 + random.nextInt(2);
      List<Group> groups = new ArrayList<>();
      int count = 3 + random.nextInt(5);
      for (int g = 0; g < count; g++) {
        int[] counts = new int[classes];
        counts[random.nextInt(classes)] = 1 + random.nextInt(4);
        counts[random.nextInt(classes)] += random.nextInt(3);
        groups.add(new Group("g" + g, counts));
      }
      Map<String, Split> places = GroupedSplit.divide(groups, classes, VAL, TEST, trial);
      assertEquals(
          fewestMissing(groups, classes), missing(groups, classes, places), "trial " + trial);
    }
  }

  @Test
  void sourcesAreSpreadWithinAClass() {
    List<Group> groups = new ArrayList<>();
    for (int g = 0; g < 100; g++) {
      groups.add(pure("a" + g, 2, 2, 0, 0, 1));
      groups.add(pure("b" + g, 2, 2, 0, 1, 1));
      groups.add(pure("c" + g, 2, 2, 1, 0, 2));
    }
    Map<String, Split> places = GroupedSplit.divide(groups, 2, VAL, TEST, 5);
    long fromA =
        groups.stream()
            .filter(g -> g.name().startsWith("a") && places.get(g.name()) == Split.TEST)
            .count();
    assertEquals(10, fromA, 1);
  }

  @Test
  void theSameSeedGivesTheSameDivisionInAnyOrder() {
    List<Group> groups = pureGroups(new Random(3), 3, 2, 4);
    Map<String, Split> first = GroupedSplit.divide(groups, 3, VAL, TEST, 11);
    for (int i = 0; i < 20; i++) {
      List<Group> shuffled = new ArrayList<>(groups);
      Collections.shuffle(shuffled, new Random(i));
      assertEquals(first, GroupedSplit.divide(shuffled, 3, VAL, TEST, 11));
    }
    assertTrue(!first.equals(GroupedSplit.divide(groups, 3, VAL, TEST, 12)));
  }

  @Test
  void aShareOfZeroStaysEmpty() {
    List<Group> groups = pureGroups(new Random(4), 2, 1, 3);
    Map<String, Split> places = GroupedSplit.divide(groups, 2, 0, TEST, 1);
    assertTrue(!places.containsValue(Split.VAL));
    assertTrue(places.containsValue(Split.TEST));
  }

  private static List<Group> pureGroups(Random random, int classes, int sources, int largest) {
    List<Group> groups = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      int count = 30 + random.nextInt(200);
      for (int g = 0; g < count; g++) {
        int source = random.nextInt(sources);
        groups.add(
            pure("g" + c + "-" + g, classes, sources, c, source, 1 + random.nextInt(largest)));
      }
    }
    return groups;
  }

  private static Group pure(
      String name, int classes, int sources, int label, int source, int images) {
    int[] counts = new int[classes * sources];
    counts[label * sources + source] = images;
    return new Group(name, counts);
  }

  private static double share(Split split) {
    return split == Split.TEST ? TEST : split == Split.VAL ? VAL : 1 - TEST - VAL;
  }

  private static int imagesOf(
      List<Group> groups, int label, int sources, Split split, Map<String, Split> places) {
    int images = 0;
    for (Group group : groups) {
      for (int s = 0; s < sources; s++) {
        if (split == null || places.get(group.name()) == split) {
          images += group.counts()[label * sources + s];
        }
      }
    }
    return images;
  }

  private static Set<Split> splitsWith(List<Group> groups, int label, Map<String, Split> places) {
    Set<Split> splits = new HashSet<>();
    for (Group group : groups) {
      if (group.counts()[label] > 0) {
        splits.add(places.get(group.name()));
      }
    }
    return splits;
  }

  /** Weighted as in {@link SplitBalance}: training 4, test 2, validation 1. */
  private static int missing(List<Group> groups, int classes, Map<String, Split> places) {
    int missing = 0;
    for (int c = 0; c < classes; c++) {
      int label = c;
      if (groups.stream().anyMatch(group -> group.counts()[label] > 0)) {
        Set<Split> splits = splitsWith(groups, c, places);
        missing += splits.contains(Split.TRAIN) ? 0 : 4;
        missing += splits.contains(Split.TEST) ? 0 : 2;
        missing += splits.contains(Split.VAL) ? 0 : 1;
      }
    }
    return missing;
  }

  private static int fewestMissing(List<Group> groups, int classes) {
    int fewest = Integer.MAX_VALUE;
    for (int code = 0; code < Math.pow(3, groups.size()); code++) {
      Map<String, Split> places = new HashMap<>();
      int rest = code;
      for (Group group : groups) {
        places.put(group.name(), Split.values()[rest % 3]);
        rest /= 3;
      }
      fewest = Math.min(fewest, missing(groups, classes, places));
    }
    return fewest;
  }
}
