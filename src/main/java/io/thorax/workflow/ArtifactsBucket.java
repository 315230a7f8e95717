package io.thorax.workflow;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.thorax.objectstore.ObjectStore;
import io.thorax.objectstore.ObjectStoreConfig;
import io.thorax.workflow.Outages.Server;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/**
 * Sees to it that the artifacts' bucket exists: no process is ready without it, so on a fresh store
 * it cannot wait for the first upload. The start goes on meanwhile; an outage is waited out.
 */
@ApplicationScoped
class ArtifactsBucket {
  private static final Logger LOG = Logger.getLogger(ArtifactsBucket.class);

  private final ObjectStore store;
  private final String bucket;
  private final Outages outages;
  private final Vertx vertx;

  @Inject
  ArtifactsBucket(ObjectStore store, ObjectStoreConfig config, Outages outages, Vertx vertx) {
    this(store, config.artifactsBucket(), outages, vertx);
  }

  ArtifactsBucket(ObjectStore store, String bucket, Outages outages, Vertx vertx) {
    this.store = store;
    this.bucket = bucket;
    this.outages = outages;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent started) {
    ensure()
        .subscribe()
        .with(
            there -> LOG.debugf("the bucket %s is there", bucket),
            e -> LOG.errorf("the bucket %s could not be made: %s", bucket, e.getMessage()));
  }

  /** Completes when the bucket is there. */
  Uni<Void> ensure() {
    return outages.waitOut(
        Server.OBJECT_STORE,
        () ->
            vertx.executeBlocking(
                () -> {
                  store.ensureBucket(bucket);
                  return null;
                },
                false));
  }
}
