package io.thorax.dataset;

import java.util.List;

/**
 * Candidates in the order of their source, of which the first {@code limit} usable ones are taken.
 */
record Selection(Layout layout, List<Candidate> candidates, int limit) {
  Selection {
    candidates = List.copyOf(candidates);
  }

  static Selection all(Layout layout, List<Candidate> candidates) {
    return new Selection(layout, candidates, Integer.MAX_VALUE);
  }

  int expected() {
    return Math.min(limit, candidates.size());
  }
}
