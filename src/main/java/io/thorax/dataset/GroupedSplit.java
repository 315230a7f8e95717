package io.thorax.dataset;

import io.thorax.study.Sha256;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Divides whole groups over test, validation and training so that each class, and as far as that
 * allows each source within a class, has the asked share in each.
 *
 * <p>Large groups are placed first, each where the {@link SplitBalance} gets best. Then single
 * groups move as long as that betters it, and if a class is still missing from a split, several of
 * its groups at once. Groups of one size are taken in an order that follows from the seed and the
 * group's name alone, so the result does not hang on the order in which they are handed in.
 */
final class GroupedSplit {
  private static final int MAX_PASSES = 30;
  private static final int MAX_TRIED_TOGETHER = 8;
  private static final double LEAST_GAIN = 1e-9;
  private static final Split[] PLACING_ORDER = {Split.TEST, Split.VAL, Split.TRAIN};

  /**
   * Images that stay together.
   *
   * @param counts images of each stratum, class * sources + source; owned by the group
   */
  record Group(String name, int[] counts) {
    int images() {
      return Arrays.stream(counts).sum();
    }
  }

  private final List<Group> groups;
  private final SplitBalance balance;
  private final Split[] places;

  private GroupedSplit(List<Group> groups, SplitBalance balance) {
    this.groups = groups;
    this.balance = balance;
    this.places = new Split[groups.size()];
  }

  /** The split of each group, by its name. */
  static Map<String, Split> divide(
      List<Group> groups, int classes, double valShare, double testShare, long seed) {
    Map<Split, Double> shares = new EnumMap<>(Split.class);
    shares.put(Split.TEST, testShare);
    shares.put(Split.VAL, valShare);
    shares.put(Split.TRAIN, 1 - testShare - valShare);
    GroupedSplit division =
        new GroupedSplit(inOrder(groups, seed), new SplitBalance(classes, shares, groups));
    division.place();
    division.improve();
    return division.result();
  }

  private static List<Group> inOrder(List<Group> groups, long seed) {
    Map<String, Sha256> draws = new HashMap<>();
    groups.forEach(group -> draws.put(group.name(), Sha256.ofUtf8(seed + ":" + group.name())));
    return groups.stream()
        .sorted(
            Comparator.comparingInt((Group group) -> -group.images())
                .thenComparing(group -> draws.get(group.name())))
        .toList();
  }

  private void place() {
    for (int i = 0; i < places.length; i++) {
      Split best = PLACING_ORDER[0];
      for (Split split : PLACING_ORDER) {
        if (balance.costOfAdding(groups.get(i), split)
            < balance.costOfAdding(groups.get(i), best)) {
          best = split;
        }
      }
      places[i] = best;
      balance.add(groups.get(i), best);
    }
  }

  private void improve() {
    balance.demandEveryClass();
    for (int pass = 0; pass < MAX_PASSES && moveSingles(); pass++) {}
    if (balance.lacksAClass()) {
      placeScarcestAnew();
      for (int pass = 0; pass < MAX_PASSES && moveSingles(); pass++) {}
    }
  }

  private boolean moveSingles() {
    boolean moved = false;
    for (int i = 0; i < places.length; i++) {
      Move best = bestMove(i);
      if (best.gain() > LEAST_GAIN) {
        move(i, best.to());
        moved = true;
      }
    }
    return moved;
  }

  /** A move of a group and by how much it lowers the cost. */
  private record Move(Split to, double gain) {}

  private Move bestMove(int index) {
    Group group = groups.get(index);
    double relief = balance.reliefOfRemoving(group, places[index]);
    Move best = new Move(places[index], 0);
    for (Split to : PLACING_ORDER) {
      if (to != places[index]) {
        double gain = relief - balance.costOfAdding(group, to);
        if (gain > best.gain()) {
          best = new Move(to, gain);
        }
      }
    }
    return best;
  }

  /**
   * Tries every place of the groups whose rarest class has the fewest groups: what is missing from
   * a split is among those, and single moves do not always bring it in without losing something
   * else.
   */
  private void placeScarcestAnew() {
    int[] scarcest =
        IntStream.range(0, places.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> balance.groupsOfRarestClass(groups.get(i))))
            .limit(MAX_TRIED_TOGETHER)
            .mapToInt(Integer::intValue)
            .toArray();
    Split[] best = places.clone();
    double least = balance.cost();
    int combinations = (int) Math.pow(PLACING_ORDER.length, scarcest.length);
    for (int combination = 0; combination < combinations; combination++) {
      int rest = combination;
      for (int index : scarcest) {
        move(index, PLACING_ORDER[rest % PLACING_ORDER.length]);
        rest /= PLACING_ORDER.length;
      }
      if (balance.cost() < least - LEAST_GAIN) {
        least = balance.cost();
        best = places.clone();
      }
    }
    for (int index : scarcest) {
      move(index, best[index]);
    }
  }

  private void move(int index, Split to) {
    balance.remove(groups.get(index), places[index]);
    balance.add(groups.get(index), to);
    places[index] = to;
  }

  private Map<String, Split> result() {
    Map<String, Split> divided = new HashMap<>();
    for (int i = 0; i < places.length; i++) {
      divided.put(groups.get(i).name(), places[i]);
    }
    return divided;
  }
}
