package io.thorax.workflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.thorax.objectstore.ObjectAddress;
import io.thorax.objectstore.ObjectStore;
import io.thorax.objectstore.ObjectStoreConfig;
import io.thorax.study.Identifiers;
import io.thorax.study.ImageFormat;
import io.thorax.study.ImageReference;
import io.thorax.study.Sha256;
import io.thorax.workflow.ClassificationRequest.Priority;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes an X-ray from a client that has no store and no broker of its own: puts it into the
 * artifacts bucket under its digest, then publishes the event that any other client would send.
 * Submitting the same again changes nothing, and its event carries the same id.
 */
@ApplicationScoped
public class SubmitImage {
  private static final String TOPIC = "xray.uploaded";

  private final ObjectStore store;
  private final String bucket;
  private final RequestEvents events;
  private final ObjectMapper json;
  private final Vertx vertx;

  SubmitImage(
      ObjectStore store,
      ObjectStoreConfig storeConfig,
      RequestEvents events,
      ObjectMapper json,
      Vertx vertx) {
    this.store = store;
    this.bucket = storeConfig.artifactsBucket();
    this.events = events;
    this.json = json;
    this.vertx = vertx;
  }

  /**
   * An X-ray as a client gives it.
   *
   * @param content not to be changed until the answer is there
   * @param model an alias or a digest; empty leaves the choice to the reader
   */
  public record Upload(
      byte[] content,
      ImageFormat format,
      Optional<String> studyInstanceUid,
      Priority priority,
      Optional<String> model,
      List<String> explain) {
    public Upload {
      Objects.requireNonNull(content, "content");
      Objects.requireNonNull(format, "format");
      explain = List.copyOf(explain);
    }
  }

  /**
   * What was stored and published.
   *
   * @param image with its digest
   * @param eventId of the event that was published
   */
  public record Submitted(ImageReference image, UUID eventId) {}

  /** Where an upload of that content lies, within the artifacts bucket. */
  static String key(Sha256 image, ImageFormat format) {
    return "uploads/" + image + "." + format.extension();
  }

  /** Completes when both the image and its event are durable. */
  public Uni<Submitted> submit(Upload upload) {
    return vertx
        .executeBlocking(() -> put(upload), false)
        .chain(
            image -> {
              UUID event = eventId(image, upload);
              return events
                  .publish(
                      TOPIC,
                      event,
                      upload.studyInstanceUid().orElse(image.key()),
                      data(image, upload).toString().getBytes(StandardCharsets.UTF_8))
                  .replaceWith(new Submitted(image, event));
            });
  }

  private ImageReference put(Upload upload) {
    Sha256 digest = Sha256.of(upload.content());
    ObjectAddress address = ObjectAddress.of(bucket, key(digest, upload.format()));
    if (!store.exists(address)) {
      store.ensureBucket(bucket);
      store.put(address, upload.content(), upload.format().mediaType());
    }
    return ImageReference.of(address.bucket(), address.key()).withSha256(digest);
  }

  /** Follows from the content, and from whatever else is asked of it. */
  static UUID eventId(ImageReference image, Upload upload) {
    String name = image.sha256().orElseThrow().hex();
    boolean plain =
        upload.studyInstanceUid().isEmpty()
            && upload.priority() == Priority.ROUTINE
            && upload.model().isEmpty()
            && upload.explain().isEmpty();
    return Identifiers.of(
        "upload",
        plain
            ? name
            : String.join(
                ":",
                name,
                upload.studyInstanceUid().orElse(""),
                upload.priority().name(),
                upload.model().orElse(""),
                String.join(",", upload.explain())));
  }

  private ObjectNode data(ImageReference image, Upload upload) {
    ObjectNode data = json.createObjectNode();
    data.putObject("image")
        .put("bucket", image.bucket())
        .put("key", image.key())
        .put("sha256", image.sha256().orElseThrow().hex());
    upload.studyInstanceUid().ifPresent(uid -> data.put("studyInstanceUid", uid));
    data.put("priority", upload.priority().name().toLowerCase(Locale.ROOT));
    upload.model().ifPresent(model -> data.put("model", model));
    if (!upload.explain().isEmpty()) {
      ArrayNode methods = data.putArray("explain");
      upload.explain().forEach(methods::add);
    }
    return data;
  }
}
