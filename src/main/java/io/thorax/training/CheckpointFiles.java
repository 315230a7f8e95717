package io.thorax.training;

import java.nio.file.Path;
import java.util.List;

/**
 * The place for one training's checkpoint files: a directory, a prefix of a bucket. Names hold
 * neither separators nor anything that needs escaping. All calls throw {@link
 * io.thorax.study.Failure.Transient} while the place is away.
 */
public interface CheckpointFiles {
  /** Of all files there, in any order. */
  List<String> names();

  /** Whole or not at all; replaces one of the same name. */
  void put(String name, Path file);

  /**
   * @throws io.thorax.study.Failure.Rejected if there is none of that name any more
   */
  void get(String name, Path file);

  /** Nothing happens if there is none of that name. */
  void delete(String name);
}
