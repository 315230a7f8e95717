package io.thorax.dataset;

import io.thorax.study.ImageFormat;
import io.thorax.study.Sha256;
import java.util.List;
import java.util.Optional;

/**
 * One image of a data set.
 *
 * @param patients the collection's own pseudonyms, sorted; empty if not told
 * @param sex M or F
 * @param fingerprint perceptual hash
 * @param group images of one group are in one split
 * @param path within its source, as it was read
 */
public record CatalogueEntry(
    Sha256 sha256,
    int label,
    String labelName,
    Split split,
    String group,
    List<String> patients,
    Layout source,
    Optional<String> view,
    Optional<String> sex,
    int width,
    int height,
    ImageFormat format,
    long fingerprint,
    String path) {

  public CatalogueEntry {
    patients = List.copyOf(patients);
  }
}
