package io.thorax.api;

import io.thorax.study.ImageReference;
import io.thorax.study.Sha256;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where an image lies. */
@Schema(name = "Image", description = "Where an image lies in the object store")
record ImageView(
    @Schema(examples = "thorax") String bucket,
    @Schema(examples = "uploads/9f86d081884c7d65.png") String key,
    Optional<String> versionId,
    Optional<String> etag,
    @Schema(description = "SHA-256 of the bytes, in hexadecimal") Optional<String> sha256) {

  static ImageView of(ImageReference image) {
    return new ImageView(
        image.bucket(),
        image.key(),
        image.versionId(),
        image.etag(),
        image.sha256().map(Sha256::hex));
  }
}
