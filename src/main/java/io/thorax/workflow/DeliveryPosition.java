package io.thorax.workflow;

/** Where a record stands in its topic. */
public record DeliveryPosition(String topic, int partition, long offset) {}
