package io.thorax.dataset;

import io.thorax.imaging.InputSpec;
import io.thorax.objectstore.ObjectAddress;
import io.thorax.study.Sha256;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A data set in the store, immutable under its digest.
 *
 * @param summaryJson the summary as it is stored
 * @param bucket where its files are
 */
public record AssembledDataset(
    Sha256 digest,
    DatasetRules rules,
    Catalogue catalogue,
    DatasetSummary summary,
    String summaryJson,
    String bucket) {

  static String folder(Sha256 digest) {
    return "datasets/" + digest + "/";
  }

  /** The stored files by name, without pixel caches. */
  public Map<String, ObjectAddress> artifacts() {
    Map<String, ObjectAddress> artifacts = new LinkedHashMap<>();
    for (Split split : Split.values()) {
      put(artifacts, split.wireName() + ".csv");
    }
    put(artifacts, DatasetFiles.CATALOGUE);
    put(artifacts, DatasetFiles.SUMMARY);
    put(artifacts, DatasetFiles.SPEC);
    return artifacts;
  }

  /** Where the cache of the images as this specification reduces them is, once it was built. */
  public ObjectAddress pixels(InputSpec input) {
    return ObjectAddress.of(bucket, folder(digest) + "pixels/" + input.digest() + ".bin");
  }

  private void put(Map<String, ObjectAddress> artifacts, String name) {
    artifacts.put(name, ObjectAddress.of(bucket, folder(digest) + name));
  }
}
