package io.thorax.messaging;

import io.thorax.study.DicomUid;
import io.thorax.study.ImageReference;
import io.thorax.study.ModelReference;
import io.thorax.study.Sha256;
import io.thorax.workflow.ClassificationRequest;
import io.thorax.workflow.ClassificationRequest.Priority;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Maps {@code xray.uploaded} and {@code bucket.notifications} to requests for classification. */
final class UploadEvents {
  private final InboundEvents events;

  UploadEvents(InboundEvents events) {
    this.events = events;
  }

  /**
   * An accession number may stand in the event; it names a patient's visit and is not read.
   *
   * @throws MalformedEventException naming the field
   */
  List<ClassificationRequest> uploaded(ConsumerRecord<String, byte[]> kafkaRecord) {
    DataReader data = new DataReader(events.read(kafkaRecord).data());
    return List.of(
        new ClassificationRequest(
            image(data.object("image")),
            matching(data, "studyInstanceUid", DicomUid::isValid, "not a DICOM UID"),
            priority(data),
            matching(data, "model", ModelReference::isValid, "neither an alias nor a digest"),
            data.texts("explain")));
  }

  /**
   * The S3 event that MinIO and AWS publish. Records of other events than a creation are passed
   * over.
   *
   * @throws MalformedEventException naming the field
   */
  List<ClassificationRequest> notified(ConsumerRecord<String, byte[]> kafkaRecord) {
    DataReader body = new DataReader(events.readBare(kafkaRecord));
    if (body.node().path("Event").textValue() != null && !body.node().has("Records")) {
      return List.of(); // s3:TestEvent, which AWS sends when a notification is configured
    }
    List<ClassificationRequest> requests = new ArrayList<>();
    for (DataReader entry : body.objects("Records")) {
      if (entry.text("eventName").contains("ObjectCreated:")) {
        requests.add(
            new ClassificationRequest(
                notifiedImage(entry.object("s3")),
                Optional.empty(),
                Priority.ROUTINE,
                Optional.empty(),
                List.of()));
      }
    }
    return requests;
  }

  private static ImageReference image(DataReader image) {
    Optional<String> sha256 = image.optionalText("sha256").map(s -> s.toLowerCase(Locale.ROOT));
    if (sha256.isPresent() && !Sha256.isValid(sha256.get())) {
      throw image.wrong("sha256", "not 64 hexadecimal digits");
    }
    return reference(
        image,
        image.text("bucket"),
        image.text("key"),
        image.optionalText("versionId"),
        image.optionalText("etag"),
        sha256.map(Sha256::new));
  }

  private static ImageReference notifiedImage(DataReader s3) {
    DataReader object = s3.object("object");
    return reference(
        object,
        s3.object("bucket").text("name"),
        urlDecoded(object),
        object.optionalText("versionId").filter(version -> !version.equals("null")),
        object.optionalText("eTag"),
        Optional.empty());
  }

  private static String urlDecoded(DataReader object) {
    try {
      return URLDecoder.decode(object.text("key"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw object.wrong("key", "not URL-encoded");
    }
  }

  private static ImageReference reference(
      DataReader at,
      String bucket,
      String key,
      Optional<String> versionId,
      Optional<String> etag,
      Optional<Sha256> sha256) {
    try {
      return new ImageReference(
          bucket, key, versionId, etag.map(tag -> tag.replace("\"", "")), sha256);
    } catch (IllegalArgumentException e) {
      throw at.wrong("key", e.getMessage());
    }
  }

  private static Priority priority(DataReader data) {
    String text = data.optionalText("priority").orElse("routine");
    return switch (text) {
      case "routine" -> Priority.ROUTINE;
      case "urgent" -> Priority.URGENT;
      default -> throw data.wrong("priority", "neither routine nor urgent");
    };
  }

  private static Optional<String> matching(
      DataReader data, String field, Predicate<String> form, String otherwise) {
    Optional<String> text = data.optionalText(field);
    if (text.isPresent() && !form.test(text.get())) {
      throw data.wrong(field, otherwise);
    }
    return text;
  }
}
