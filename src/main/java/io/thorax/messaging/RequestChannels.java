package io.thorax.messaging;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import io.thorax.workflow.AssembleDataset;
import io.thorax.workflow.Result;
import io.thorax.workflow.SubmitTraining;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Requests for work of hours: each becomes rows and is acknowledged; workers claim the rows ({@link
 * WorkLoops}).
 */
@ApplicationScoped
class RequestChannels {
  private final DeliveryPipeline pipeline;
  private final InboundEvents inbound;
  private final AssembleDataset datasets;
  private final SubmitTraining trainings;
  private final String group;

  RequestChannels(
      DeliveryPipeline pipeline,
      InboundEvents inbound,
      AssembleDataset datasets,
      SubmitTraining trainings,
      MessagingConfig config) {
    this.pipeline = pipeline;
    this.inbound = inbound;
    this.datasets = datasets;
    this.trainings = trainings;
    this.group = config.group();
  }

  @Incoming("dataset-requested")
  Uni<Void> datasets(KafkaRecordBatch<String, byte[]> batch) {
    return take(
        "dataset-requested", batch, event -> datasets.request(event.requestId(), event.data()));
  }

  @Incoming("training-requested")
  Uni<Void> trainings(KafkaRecordBatch<String, byte[]> batch) {
    return take(
        "training-requested", batch, event -> trainings.request(event.requestId(), event.data()));
  }

  private Uni<Void> take(
      String channel,
      KafkaRecordBatch<String, byte[]> batch,
      Function<InboundEvent, Uni<Result>> request) {
    return pipeline.process(
        group + "." + channel,
        batch,
        kafkaRecord -> List.of(inbound.read(kafkaRecord)),
        events -> Uni.join().all(events.stream().map(request).toList()).andFailFast());
  }
}
