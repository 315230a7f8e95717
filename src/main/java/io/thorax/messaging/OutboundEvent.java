package io.thorax.messaging;

import io.cloudevents.CloudEvent;

/** An event on its way out: the topic, the Kafka key that keeps a study in order, the envelope. */
record OutboundEvent(Topic topic, String key, CloudEvent event) {}
