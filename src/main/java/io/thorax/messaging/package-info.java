/**
 * Kafka in and out: maps an event to a use case and the use case's outcome to an event. An offset
 * is committed only after the outcome's row and its event are durable.
 */
package io.thorax.messaging;
