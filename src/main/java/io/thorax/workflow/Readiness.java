package io.thorax.workflow;

import io.smallrye.mutiny.Uni;
import io.thorax.inference.InferenceConfig;
import io.thorax.inference.Models;
import io.thorax.objectstore.ObjectStore;
import io.thorax.persistence.ModelRepository;
import io.thorax.study.Failure;
import io.thorax.workflow.Outages.Server;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether this process can do what its roles promise. The database and the object store are asked
 * each time; of Kafka, and of anything that work waits for at the moment, {@link Outages} knows.
 */
@ApplicationScoped
public class Readiness {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ThoraxConfig config;
  private final InferenceConfig inference;
  private final Models models;
  private final ModelRepository repository;
  private final ObjectStore store;
  private final Outages outages;
  private final WorkerExecutor probes;
  private final AtomicBoolean pinging = new AtomicBoolean();
  private volatile boolean storeAnswered = true;

  Readiness(
      ThoraxConfig config,
      InferenceConfig inference,
      Models models,
      ModelRepository repository,
      ObjectStore store,
      Outages outages,
      Vertx vertx) {
    this.config = config;
    this.inference = inference;
    this.models = models;
    this.repository = repository;
    this.store = store;
    this.outages = outages;
    this.probes = vertx.createSharedWorkerExecutor("thorax-probes", 1);
  }

  /**
   * How the process stands.
   *
   * @param away servers that do not answer
   * @param coldModel the alias whose model is not warm yet, if this process needs it
   */
  public record State(Set<Server> away, Optional<String> coldModel) {
    public boolean ready() {
      return away.isEmpty() && coldModel.isEmpty();
    }
  }

  /** To be subscribed to on an event loop. */
  public Uni<State> state() {
    return Uni.combine()
        .all()
        .unis(databaseAnswers(), Uni.createFrom().deferred(this::storeAnswers))
        .with(this::state);
  }

  private State state(boolean databaseAnswers, boolean storeAnswers) {
    Set<Server> away = EnumSet.noneOf(Server.class);
    away.addAll(outages.away());
    mark(away, Server.DATABASE, databaseAnswers);
    mark(away, Server.OBJECT_STORE, storeAnswers);
    boolean cold = config.roles().contains(Role.CLASSIFY) && !models.ready();
    return new State(away, cold ? Optional.of(inference.alias()) : Optional.empty());
  }

  /** The fresh answer counts for more than what was noted before. */
  private static void mark(Set<Server> away, Server server, boolean answers) {
    if (answers) {
      away.remove(server);
    } else {
      away.add(server);
    }
  }

  private Uni<Boolean> databaseAnswers() {
    return answers(repository.resolve(inference.alias()));
  }

  /** A ping that hangs is not joined by others; what is known last stands meanwhile. */
  private Uni<Boolean> storeAnswers() {
    if (!pinging.compareAndSet(false, true)) {
      return Uni.createFrom().item(storeAnswered);
    }
    return answers(probes.executeBlocking(this::ping, false)).invoke(now -> storeAnswered = now);
  }

  private boolean ping() {
    try {
      store.ping();
      return true;
    } finally {
      pinging.set(false);
    }
  }

  private static Uni<Boolean> answers(Uni<?> probe) {
    return probe
        .replaceWith(true)
        .ifNoItem()
        .after(PATIENCE)
        .recoverWithItem(false)
        .onFailure(Failure.class)
        .recoverWithItem(false);
  }

  @PreDestroy
  void close() {
    probes.closeAndForget();
  }
}
