package io.thorax.messaging;

import io.smallrye.mutiny.Uni;
import io.thorax.workflow.ProgressEvents;
import io.thorax.workflow.RequestEvents;
import io.thorax.workflow.TrainingProgress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What lower ranks have published through their ports. */
@ApplicationScoped
class PublishedEvents implements ProgressEvents, RequestEvents {
  private static final Logger LOG = Logger.getLogger(PublishedEvents.class);

  private final EventPublisher publisher;
  private final OutcomeEvents events;

  PublishedEvents(EventPublisher publisher, OutcomeEvents events) {
    this.publisher = publisher;
    this.events = events;
  }

  /** Does not hold the training up: a report that is lost is followed by the next. */
  @Override
  public void progressed(TrainingProgress progress) {
    publisher
        .publish(events.progressed(progress))
        .subscribe()
        .with(done -> {}, e -> LOG.warnf("progress was not published: %s", e.getMessage()));
  }

  @Override
  public Uni<Void> publish(String topic, UUID id, String key, byte[] jsonData) {
    Topic known =
        Arrays.stream(Topic.values())
            .filter(candidate -> candidate.topicName().equals(topic))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no such topic: " + topic));
    return publisher.publish(OutcomeEvents.request(known, id, key, jsonData));
  }
}
