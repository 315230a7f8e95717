package io.thorax.messaging;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes beans of the plain classes. */
@ApplicationScoped
class Wiring {

  @Produces
  @Singleton
  InboundEvents inboundEvents(MessagingConfig config) {
    return new InboundEvents(Math.toIntExact(config.maxEventSize().asLongValue()));
  }

  @Produces
  @Singleton
  OutcomeEvents outcomeEvents(ObjectMapper json) {
    return new OutcomeEvents(json, Clock.systemUTC());
  }
}
