package io.thorax.persistence;

import io.quarkus.runtime.StartupEvent;
import io.thorax.study.Failure;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import org.jboss.logging.Logger;

/**
 * The first query of a process loads classes and builds parsers, which keeps an event loop busy for
 * up to seconds. It is asked here, before anything else needs the loops.
 */
@ApplicationScoped
class DatabaseWarmUp {
  private static final Logger LOG = Logger.getLogger(DatabaseWarmUp.class);

  private final DatabaseBridge bridge;
  private final PredictionRepository predictions;

  DatabaseWarmUp(DatabaseBridge bridge, PredictionRepository predictions) {
    this.bridge = bridge;
    this.predictions = predictions;
  }

  void warmUp(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent started) {
    try {
      bridge.await(() -> predictions.byStudy("none", PageRequest.first(1)));
    } catch (Failure.Transient away) {
      LOG.infof("The database is away (%s): the first query will take longer", away.getMessage());
    }
  }
}
