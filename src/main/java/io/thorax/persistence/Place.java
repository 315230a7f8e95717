package io.thorax.persistence;

import io.thorax.study.ImageReference;
import io.thorax.study.Sha256;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Map;
import java.util.Optional;

/** The columns that say where an image lies and to which study it belongs. */
@Embeddable
class Place {
  @Column(name = "image_sha256")
  String sha256;

  String bucket;

  @Column(name = "object_key")
  String key;

  @Column(name = "version_id")
  String versionId;

  String etag;

  @Column(name = "study_instance_uid")
  String studyInstanceUid;

  ImageReference image() {
    return new ImageReference(
        bucket,
        key,
        Optional.ofNullable(versionId),
        Optional.ofNullable(etag),
        Optional.ofNullable(sha256).map(Sha256::new));
  }

  Optional<String> study() {
    return Optional.ofNullable(studyInstanceUid);
  }

  /** The columns of a row to be written. */
  static void put(Map<String, Object> row, ImageReference image, Optional<String> study) {
    row.put("image_sha256", image.sha256().map(Sha256::hex).orElse(null));
    row.put("bucket", image.bucket());
    row.put("object_key", image.key());
    row.put("version_id", image.versionId().orElse(null));
    row.put("etag", image.etag().orElse(null));
    row.put("study_instance_uid", study.orElse(null));
  }
}
