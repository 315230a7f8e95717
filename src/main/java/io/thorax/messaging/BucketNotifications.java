package io.thorax.messaging;

import io.thorax.study.ImageReference;
import io.thorax.workflow.ClassificationRequest;
import io.thorax.workflow.ClassificationRequest.Priority;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Maps {@code bucket.notifications}, the S3 event that MinIO and AWS publish, to requests for
 * classification. Records of other events than a creation are passed over.
 */
final class BucketNotifications {
  /** Stores tell of one object an event; what tells of more than this is no notification. */
  private static final int MAX_RECORDS = 1000;

  private final InboundEvents events;

  BucketNotifications(InboundEvents events) {
    this.events = events;
  }

  /**
   * @throws MalformedEventException naming the field
   */
  List<ClassificationRequest> requests(ConsumerRecord<String, byte[]> kafkaRecord) {
    DataReader body = new DataReader(events.readBare(kafkaRecord), "body");
    if (body.node().path("Event").textValue() != null && !body.node().has("Records")) {
      return List.of(); // s3:TestEvent, which AWS sends when a notification is configured
    }
    List<ClassificationRequest> requests = new ArrayList<>();
    List<DataReader> entries = body.objects("Records");
    if (entries.size() > MAX_RECORDS) {
      throw body.wrong("Records", entries.size() + " of them, more than " + MAX_RECORDS);
    }
    for (DataReader entry : entries) {
      if (entry.text("eventName").contains("ObjectCreated:")) {
        requests.add(
            new ClassificationRequest(
                image(entry.object("s3")),
                Optional.empty(),
                Priority.ROUTINE,
                Optional.empty(),
                List.of()));
      }
    }
    return requests;
  }

  private static ImageReference image(DataReader s3) {
    DataReader object = s3.object("object");
    return object.reference(
        s3.object("bucket").text("name"),
        urlDecoded(object),
        object.textIfAny("versionId").filter(version -> !version.equals("null")),
        object.textIfAny("eTag"),
        Optional.empty());
  }

  private static String urlDecoded(DataReader object) {
    try {
      return URLDecoder.decode(object.text("key"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw object.wrong("key", "not URL-encoded");
    }
  }
}
