package io.thorax.dataset;

/** Union-find over 0 .. size-1, with path halving and union by size (Tarjan 1975). */
final class DisjointSets {
  private final int[] parent;
  private final int[] size;

  DisjointSets(int size) {
    this.parent = new int[size];
    this.size = new int[size];
    for (int i = 0; i < size; i++) {
      parent[i] = i;
      this.size[i] = 1;
    }
  }

  int find(int element) {
    int root = element;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }

  /** Whether the two were apart. */
  boolean union(int a, int b) {
    int one = find(a);
    int other = find(b);
    if (one == other) {
      return false;
    }
    int large = size[one] >= size[other] ? one : other;
    int small = large == one ? other : one;
    parent[small] = large;
    size[large] += size[small];
    return true;
  }
}
