package io.thorax.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Keeps every checkpoint. */
class MemoryCheckpoints implements CheckpointStore {
  final List<Checkpoint> saved = Collections.synchronizedList(new ArrayList<>());

  @Override
  public Optional<Checkpoint> latest() {
    return saved.isEmpty() ? Optional.empty() : Optional.of(saved.get(saved.size() - 1));
  }

  @Override
  public void save(Checkpoint checkpoint) {
    saved.add(checkpoint);
  }
}
