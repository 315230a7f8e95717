package io.thorax.dataset;

import java.util.List;

/**
 * The files of one source, wherever they lie. Paths are relative to the source, with slashes.
 * Thread-safe.
 */
public interface SourceFiles {

  /**
   * Every file, sorted.
   *
   * @throws io.thorax.study.Failure.Transient if the place is away
   * @throws DatasetException if there are more files than the limit, or none can be listed
   */
  List<String> list();

  /**
   * @throws io.thorax.study.Failure.Rejected NOT_FOUND, TOO_LARGE, or FORBIDDEN_LOCATION for a path
   *     that leads out of the source
   * @throws io.thorax.study.Failure.Poison if the local disk fails
   * @throws io.thorax.study.Failure.Transient if the place is away
   */
  byte[] read(String path, long maxBytes);
}
