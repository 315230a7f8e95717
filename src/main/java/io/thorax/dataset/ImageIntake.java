package io.thorax.dataset;

import io.thorax.imaging.InputTransform;
import io.thorax.imaging.PerceptualHash;
import io.thorax.imaging.RadiographDecoder;
import io.thorax.study.Failure;
import io.thorax.study.Radiograph;
import io.thorax.study.RejectReason;
import io.thorax.study.Sha256;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Everything that is done to one image, in one go: read, hash, decode, check its view, fingerprint,
 * reduce, and keep a copy of its file. Thread-safe.
 */
final class ImageIntake {
  private static final Logger LOG = Logger.getLogger(ImageIntake.class);

  private final RadiographDecoder decoder;
  private final InputTransform transform;
  private final ImageCopies copies;
  private final Views views;
  private final long maxBytes;

  ImageIntake(
      RadiographDecoder decoder,
      InputTransform transform,
      ImageCopies copies,
      Views views,
      long maxBytes) {
    this.decoder = decoder;
    this.transform = transform;
    this.copies = copies;
    this.views = views;
    this.maxBytes = maxBytes;
  }

  /**
   * @throws Failure.Transient if the source or the store is away
   */
  Reading read(SourceFiles files, Candidate candidate) {
    byte[] content;
    Reading reading;
    try {
      content = files.read(candidate.path(), maxBytes);
      reading = understand(candidate, content);
    } catch (Failure.Rejected e) {
      return new Reading.Refused(candidate, e.reason());
    }
    if (reading instanceof Reading.Taken taken) {
      copies.keep(taken.sha256(), content, taken.format());
    }
    return reading;
  }

  private Reading understand(Candidate candidate, byte[] content) {
    try {
      Radiograph image = decoder.decode(content);
      Optional<String> view = candidate.view().or(() -> image.acquisition().viewPosition());
      return omission(candidate.viewRule(), view)
          .<Reading>map(omission -> new Reading.Omitted(candidate, omission))
          .orElseGet(() -> taken(candidate, content, image, view));
    } catch (Failure e) {
      throw e;
    } catch (RuntimeException e) {
      // one picture that trips a codec must not cost the whole data set
      LOG.warnf("an image could not be decoded: %s", e.getClass().getName());
      return new Reading.Refused(candidate, RejectReason.CORRUPT);
    }
  }

  private Reading taken(
      Candidate candidate, byte[] content, Radiograph image, Optional<String> view) {
    return new Reading.Taken(
        candidate,
        Sha256.of(content),
        view,
        image.width(),
        image.height(),
        image.format(),
        PerceptualHash.fingerprint(image),
        transform.reduce(image));
  }

  private Optional<Omission> omission(Candidate.ViewRule rule, Optional<String> view) {
    if (rule == Candidate.ViewRule.SETTLED) {
      return Optional.empty();
    }
    if (view.isEmpty()) {
      return rule == Candidate.ViewRule.REQUIRED_IN_HEADER
          ? Optional.of(Omission.UNKNOWN_VIEW)
          : Optional.empty();
    }
    return views.take(view.get()) ? Optional.empty() : Optional.of(Omission.OTHER_VIEW);
  }
}
