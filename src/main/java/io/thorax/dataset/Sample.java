package io.thorax.dataset;

import io.thorax.imaging.Fingerprint;
import io.thorax.study.ImageFormat;
import io.thorax.study.Sha256;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An image that was read and taken, not yet grouped.
 *
 * @param position its place in the pixel cache's order of writing
 */
record Sample(
    Candidate candidate,
    Sha256 sha256,
    Optional<String> view,
    int width,
    int height,
    ImageFormat format,
    Fingerprint fingerprint,
    int position) {

  int label() {
    return candidate.label();
  }

  Sample withPatients(Set<String> more) {
    Set<String> union = new TreeSet<>(candidate.patients());
    union.addAll(more);
    return new Sample(
        candidate.withPatients(union), sha256, view, width, height, format, fingerprint, position);
  }
}
