package io.thorax.training;

import java.util.Optional;

/**
 * Where the checkpoints of one training lie. Called by one thread at a time, not always the same.
 */
public interface CheckpointStore {
  /**
   * The latest one that is whole; damaged ones are passed over.
   *
   * @throws io.thorax.study.Failure.Transient if the store is away: it is asked again
   */
  Optional<Checkpoint> latest();

  /**
   * Durable when it returns. Saving the same epoch again is harmless.
   *
   * @throws io.thorax.study.Failure.Transient if the store is away: it is tried again
   */
  void save(Checkpoint checkpoint);
}
