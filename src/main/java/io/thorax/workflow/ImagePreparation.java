package io.thorax.workflow;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.thorax.imaging.InputTransform;
import io.thorax.imaging.RadiographDecoder;
import io.thorax.imaging.ReducedImage;
import io.thorax.inference.Predictor;
import io.thorax.objectstore.ObjectAddress;
import io.thorax.objectstore.ObjectStore;
import io.thorax.study.Failure;
import io.thorax.study.Radiograph;
import io.thorax.study.RejectReason;
import io.thorax.study.Sha256;
import io.thorax.workflow.Outages.Server;
import java.util.Optional;
import java.util.function.Supplier;

/** From a reference to what a network takes: fetched, checked, decoded, reduced, standardised. */
final class ImagePreparation {
  private final ObjectStore store;
  private final RadiographDecoder decoder;
  private final Outages outages;
  private final WorkflowConfig config;
  private final long maxBytes;
  private final MeterRegistry meters;
  private final Timer fetching;
  private final Timer decoding;
  private final Timer preprocessing;

  ImagePreparation(
      ObjectStore store,
      RadiographDecoder decoder,
      Outages outages,
      WorkflowConfig config,
      long maxBytes,
      MeterRegistry meters) {
    this.store = store;
    this.decoder = decoder;
    this.outages = outages;
    this.config = config;
    this.maxBytes = maxBytes;
    this.meters = meters;
    this.fetching = Stages.timer(meters, "fetch", "Reading an image from the object store");
    this.decoding = Stages.timer(meters, "decode", "From an image's bytes to its pixels");
    this.preprocessing =
        Stages.timer(meters, "preprocess", "Resizing, removing text, standardising");
  }

  /**
   * An image that is ready for the network.
   *
   * @param input height x width x 3 standardised floats
   */
  record Prepared(
      Sha256 digest,
      Optional<String> studyInstanceUid,
      float[] input,
      double fetchMillis,
      double decodeMillis,
      double preprocessMillis) {}

  /**
   * @throws Failure.Rejected if the image cannot be read
   */
  Prepared prepare(ClassificationRequest request, Predictor predictor) {
    if (!config.allowedBuckets().contains(request.image().bucket())) {
      throw new Failure.Rejected(
          RejectReason.FORBIDDEN_LOCATION,
          "bucket " + request.image().bucket() + " is not on the list of allowed buckets");
    }
    Timed<byte[]> content = timed(fetching, () -> fetch(request));
    Sha256 digest = checkedDigest(request, content.value());
    Timed<Radiograph> radiograph = timed(decoding, () -> decode(content.value(), digest));
    Timed<float[]> input = timed(preprocessing, () -> input(radiograph.value(), predictor));
    return new Prepared(
        digest,
        radiograph.value().acquisition().studyInstanceUid(),
        input.value(),
        content.millis(),
        radiograph.millis(),
        input.millis());
  }

  private byte[] fetch(ClassificationRequest request) {
    ObjectAddress address =
        new ObjectAddress(
            request.image().bucket(), request.image().key(), request.image().versionId());
    return outages
        .waitOutBlocking(Server.OBJECT_STORE, () -> store.get(address, maxBytes))
        .content();
  }

  private static Sha256 checkedDigest(ClassificationRequest request, byte[] content) {
    Sha256 digest = Sha256.of(content);
    if (request.image().sha256().isPresent() && !request.image().sha256().get().equals(digest)) {
      throw new Failure.Rejected(RejectReason.DIGEST_MISMATCH, "the object's SHA-256 is " + digest);
    }
    return digest;
  }

  private Radiograph decode(byte[] content, Sha256 digest) {
    try {
      return decoder.decode(content);
    } catch (Failure.Rejected e) {
      throw new RejectedContent(digest, e);
    }
  }

  private static float[] input(Radiograph radiograph, Predictor predictor) {
    InputTransform transform = predictor.transform();
    ReducedImage reduced = transform.reduce(radiograph);
    float[] input = new float[predictor.inputSize()];
    transform.standardise(reduced, input);
    return input;
  }

  private record Timed<T>(T value, double millis) {}

  private <T> Timed<T> timed(Timer timer, Supplier<T> action) {
    Timer.Sample sample = Timer.start(meters);
    T value = action.get();
    return new Timed<>(value, sample.stop(timer) / 1e6);
  }

  /** Content that was read and then refused: its digest is known. */
  static final class RejectedContent extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Sha256 digest;
    private final Failure.Rejected rejection;

    RejectedContent(Sha256 digest, Failure.Rejected rejection) {
      super(rejection);
      this.digest = digest;
      this.rejection = rejection;
    }

    Sha256 digest() {
      return digest;
    }

    Failure.Rejected rejection() {
      return rejection;
    }
  }
}
