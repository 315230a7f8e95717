package io.thorax.messaging;

import io.thorax.study.DicomUid;
import io.thorax.study.ImageReference;
import io.thorax.study.ModelReference;
import io.thorax.study.Sha256;
import io.thorax.workflow.ClassificationRequest;
import io.thorax.workflow.ClassificationRequest.Priority;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Maps {@code xray.uploaded} to requests for classification. */
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
  List<ClassificationRequest> requests(ConsumerRecord<String, byte[]> kafkaRecord) {
    DataReader data = new DataReader(events.read(kafkaRecord).data(), "data");
    return List.of(
        new ClassificationRequest(
            image(data.object("image")),
            matching(data, "studyInstanceUid", DicomUid::isValid, "not a DICOM UID"),
            priority(data),
            matching(data, "model", ModelReference::isValid, "neither an alias nor a digest"),
            data.texts("explain")));
  }

  private static ImageReference image(DataReader image) {
    Optional<String> sha256 = image.optionalText("sha256").map(s -> s.toLowerCase(Locale.ROOT));
    if (sha256.isPresent() && !Sha256.isValid(sha256.get())) {
      throw image.wrong("sha256", "not 64 hexadecimal digits");
    }
    return image.reference(
        image.text("bucket"),
        image.text("key"),
        image.optionalText("versionId"),
        image.optionalText("etag"),
        sha256.map(Sha256::new));
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
