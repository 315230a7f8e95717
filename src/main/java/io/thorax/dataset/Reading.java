package io.thorax.dataset;

import io.thorax.imaging.Fingerprint;
import io.thorax.imaging.ReducedImage;
import io.thorax.study.ImageFormat;
import io.thorax.study.RejectReason;
import io.thorax.study.Sha256;
import java.util.Optional;

/** What came of reading one candidate. */
sealed interface Reading {
  Candidate candidate();

  record Taken(
      Candidate candidate,
      Sha256 sha256,
      Optional<String> view,
      int width,
      int height,
      ImageFormat format,
      Fingerprint fingerprint,
      ReducedImage reduced)
      implements Reading {

    Sample at(int position) {
      return new Sample(candidate, sha256, view, width, height, format, fingerprint, position);
    }
  }

  /** Not one that was asked for, as its header shows. */
  record Omitted(Candidate candidate, Omission omission) implements Reading {}

  /** Not readable. */
  record Refused(Candidate candidate, RejectReason reason) implements Reading {}
}
