package io.thorax.workflow;

import io.thorax.persistence.DeliveryRepository;
import io.vertx.core.Vertx;

/** Beans of this package for tests of others. */
public final class WorkflowFixtures {
  private WorkflowFixtures() {}

  public static Outages outages(Vertx vertx) {
    return new Outages(vertx);
  }

  public static Attempts attempts(DeliveryRepository deliveries, Outages outages) {
    return new Attempts(deliveries, outages);
  }
}
