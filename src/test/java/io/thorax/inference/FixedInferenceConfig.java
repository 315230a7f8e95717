package io.thorax.inference;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One thread and single images, but for what a test is about. */
record FixedInferenceConfig(String alias, Path cacheDirectory, int extraModels)
    implements InferenceConfig {

  @Override
  public Duration aliasRefresh() {
    return Duration.ofDays(1);
  }

  @Override
  public List<Integer> batchSizes() {
    return List.of(1);
  }

  @Override
  public int intraOpThreads() {
    return 1;
  }

  @Override
  public int interOpThreads() {
    return 1;
  }
}
