package io.thorax.messaging;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import io.thorax.workflow.ClassificationRequest;
import io.thorax.workflow.ClassifyImages;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Role {@code classify}: new X-rays, told by events of our own or by the object store's. Kafka's
 * poll is the batcher: a lone image is read at once, a backlog comes in full batches.
 */
@ApplicationScoped
class ClassificationChannels {
  private final DeliveryPipeline pipeline;
  private final ClassifyImages classify;
  private final UploadEvents uploads;
  private final BucketNotifications notifications;
  private final String group;

  ClassificationChannels(
      DeliveryPipeline pipeline,
      ClassifyImages classify,
      InboundEvents inbound,
      MessagingConfig config) {
    this.pipeline = pipeline;
    this.group = config.group();
    this.classify = classify;
    this.uploads = new UploadEvents(inbound);
    this.notifications = new BucketNotifications(inbound);
  }

  @Incoming("xray-uploaded")
  Uni<Void> uploaded(KafkaRecordBatch<String, byte[]> batch) {
    return classify("xray-uploaded", batch, uploads::requests);
  }

  @Incoming("bucket-notifications")
  Uni<Void> notified(KafkaRecordBatch<String, byte[]> batch) {
    return classify("bucket-notifications", batch, notifications::requests);
  }

  private Uni<Void> classify(
      String channel,
      KafkaRecordBatch<String, byte[]> batch,
      Function<ConsumerRecord<String, byte[]>, List<ClassificationRequest>> read) {
    return classify
        .ready()
        .chain(() -> pipeline.process(group + "." + channel, batch, read, classify::classify));
  }
}
