package io.thorax.dataset;

/**
 * The bounds of assembling.
 *
 * @param parallelism images read and decoded at once
 * @param maxImageBytes of each image file
 * @param maxMetadataBytes of each metadata file
 */
public record AssemblySettings(int parallelism, long maxImageBytes, long maxMetadataBytes) {

  public AssemblySettings {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism must be at least 1, not " + parallelism);
    }
    if (maxImageBytes < 1 || maxMetadataBytes < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /**
   * @param maxImageBytes as {@code thorax.imaging} limits the decoder
   */
  public static AssemblySettings of(DatasetConfig config, long maxImageBytes) {
    int parallelism = config.parallelism();
    return new AssemblySettings(
        parallelism == 0 ? Runtime.getRuntime().availableProcessors() : parallelism,
        maxImageBytes,
        config.limits().maxMetadataSize().asLongValue());
  }
}
