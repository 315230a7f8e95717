package io.thorax.study;

import java.util.Objects;
import java.util.Optional;

/**
 * What a DICOM header tells of how an image was taken: unique identifiers and technical tags only,
 * never anything of the person. Plain pictures have {@link #UNKNOWN}.
 *
 * @param modality (0008,0060), for instance CR or DX
 * @param viewPosition (0018,5101), for instance PA, AP or LL
 */
public record Acquisition(
    Optional<String> studyInstanceUid,
    Optional<String> sopInstanceUid,
    Optional<String> modality,
    Optional<String> viewPosition) {

  public static final Acquisition UNKNOWN =
      new Acquisition(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public Acquisition {
    Objects.requireNonNull(studyInstanceUid, "studyInstanceUid");
    Objects.requireNonNull(sopInstanceUid, "sopInstanceUid");
    Objects.requireNonNull(modality, "modality");
    Objects.requireNonNull(viewPosition, "viewPosition");
  }
}
