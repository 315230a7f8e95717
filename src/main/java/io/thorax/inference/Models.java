package io.thorax.inference;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.thorax.objectstore.ObjectStore;
import io.thorax.objectstore.ObjectStoreConfig;
import io.thorax.persistence.DatabaseBridge;
import io.thorax.persistence.ModelRepository;
import io.thorax.study.Failure;
import io.thorax.study.Sha256;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The models that are loaded. The default alias is watched: when it moves, the new model is
 * fetched, verified and warmed beside the old one, then takes its place between two batches; the
 * old one is closed when its last batch is done.
 */
@ApplicationScoped
public class Models {
  private static final Logger LOG = Logger.getLogger(Models.class);

  private final InferenceConfig config;
  private final Function<String, Optional<Sha256>> resolver;
  private final Predicate<Sha256> known;
  private final BundleCache bundles;
  private final LoadBackOff backOff;
  private final MultiGauge inUse;
  private final Map<String, Sha256> aliases = new ConcurrentHashMap<>();
  private final LinkedHashMap<Sha256, SharedPredictor> loaded = new LinkedHashMap<>(4, 0.75f, true);
  private final ScheduledExecutorService watcher =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "thorax-model-watch");
            thread.setDaemon(true);
            return thread;
          });

  @Inject
  Models(
      InferenceConfig config,
      ModelRepository repository,
      DatabaseBridge database,
      ObjectStore store,
      ObjectStoreConfig storeConfig,
      MeterRegistry meters) {
    this(
        config,
        alias -> database.await(() -> repository.resolve(alias)),
        digest -> database.await(() -> repository.find(digest)).isPresent(),
        new BundleCache(store, storeConfig.artifactsBucket(), config.cacheDirectory()),
        InstantSource.system(),
        meters);
  }

  /**
   * @param resolver the model that an alias names now
   * @param known whether there is a model of that digest
   */
  Models(
      InferenceConfig config,
      Function<String, Optional<Sha256>> resolver,
      Predicate<Sha256> known,
      BundleCache bundles,
      InstantSource clock,
      MeterRegistry meters) {
    this.config = config;
    this.resolver = resolver;
    this.known = known;
    this.bundles = bundles;
    this.backOff = new LoadBackOff(clock);
    this.inUse =
        MultiGauge.builder("thorax.model.info")
            .description("1 for each model in use, with its digest")
            .register(meters);
  }

  /** Begins to watch the default alias. */
  public void start() {
    var unused =
        watcher.scheduleWithFixedDelay(
            this::refresh, 0, config.aliasRefresh().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether the default model is loaded and warm. */
  public boolean ready() {
    Sha256 digest = aliases.get(config.alias());
    synchronized (loaded) {
      return digest != null && loaded.containsKey(digest);
    }
  }

  /** The alias that reads what names no model. */
  public String defaultAlias() {
    return config.alias();
  }

  /**
   * Blocking: a model that is not loaded yet is loaded now.
   *
   * @throws Failure.Transient if the object store is away
   * @throws Failure.Poison if the model's files are damaged
   */
  public Lease acquire(Sha256 digest) {
    while (true) {
      Optional<Lease> lease = shared(digest).lease();
      if (lease.isPresent()) {
        return lease.get();
      }
    }
  }

  /**
   * Blocking, unless the model is known already.
   *
   * @param model an alias or a digest
   * @throws UnknownModelException if there is none
   * @throws Failure.Transient if the database is away
   */
  public Sha256 digest(String model) throws UnknownModelException {
    Sha256 current = aliases.get(model);
    if (current != null) {
      return current;
    }
    if (Sha256.isValid(model)) {
      Sha256 digest = new Sha256(model);
      if (isLoaded(digest) || known.test(digest)) {
        return digest;
      }
      throw new UnknownModelException(model);
    }
    Sha256 resolved = resolver.apply(model).orElseThrow(() -> new UnknownModelException(model));
    aliases.put(model, resolved);
    return resolved;
  }

  private boolean isLoaded(Sha256 digest) {
    synchronized (loaded) {
      return loaded.containsKey(digest);
    }
  }

  private SharedPredictor shared(Sha256 digest) {
    synchronized (loaded) {
      SharedPredictor present = loaded.get(digest);
      if (present != null) {
        return present;
      }
    }
    return load(digest);
  }

  private synchronized SharedPredictor load(Sha256 digest) {
    synchronized (loaded) {
      if (loaded.containsKey(digest)) {
        return loaded.get(digest);
      }
    }
    long started = System.nanoTime();
    BundleCache.Bundle bundle = bundles.open(digest);
    Predictor predictor =
        Predictor.open(
            bundle.path(),
            bundle.manifest(),
            config.batchSizes(),
            config.intraOpThreads(),
            config.interOpThreads());
    warmUp(predictor);
    LOG.infof(
        "model %s (%s) is warm after %d ms",
        predictor.identity().name(), digest, (System.nanoTime() - started) / 1_000_000);
    SharedPredictor shared = new SharedPredictor(predictor);
    synchronized (loaded) {
      loaded.put(digest, shared);
      retireUnused(digest);
    }
    publishInfo();
    return shared;
  }

  private void warmUp(Predictor predictor) {
    try {
      predictor.warmUp(config.batchSizes());
    } catch (RuntimeException | Error e) {
      predictor.close();
      throw e;
    }
  }

  private void retireUnused(Sha256 justLoaded) {
    Sha256 champion = aliases.get(config.alias());
    List<Sha256> extras =
        loaded.keySet().stream()
            .filter(digest -> !digest.equals(champion) && !digest.equals(justLoaded))
            .toList();
    for (int i = 0; i < extras.size() - config.extraModels(); i++) {
      loaded.remove(extras.get(i)).retire();
    }
  }

  /** Looks every alias in use up; what is wrong with one does not hold up the others. */
  void refresh() {
    for (String alias : aliasesToWatch()) {
      try {
        refresh(alias);
      } catch (Failure.Transient away) {
        LOG.debugf("alias %s is not followed now: %s", alias, away.getMessage());
      } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
        LOG.errorf(e, "alias %s could not be followed", alias);
      }
    }
  }

  private void refresh(String alias) {
    Optional<Sha256> digest = resolver.apply(alias);
    if (digest.isEmpty()) {
      aliases.remove(alias);
    } else if (!digest.get().equals(aliases.get(alias))) {
      if (!alias.equals(config.alias()) || warm(digest.get())) {
        follow(alias, digest.get());
      }
    }
  }

  /**
   * Whether the model is loaded now. A failure that is none of the store's absence is not met again
   * at once: what is damaged is not mended within seconds, and is large.
   */
  private boolean warm(Sha256 digest) {
    if (!backOff.isDue(digest)) {
      return false;
    }
    try {
      load(digest);
      backOff.succeeded(digest);
      return true;
    } catch (Failure.Transient away) {
      throw away;
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      LOG.errorf(
          e,
          "model %s could not be loaded; the one before it stays, another try in %d s",
          digest,
          backOff.failed(digest).toSeconds());
      return false;
    }
  }

  private void follow(String alias, Sha256 digest) {
    Sha256 before = aliases.put(alias, digest);
    LOG.infof("alias %s is now model %s (before: %s)", alias, digest, before);
    synchronized (loaded) {
      retireUnused(digest);
    }
    publishInfo();
  }

  private List<String> aliasesToWatch() {
    return Stream.concat(Stream.of(config.alias()), aliases.keySet().stream()).distinct().toList();
  }

  private void publishInfo() {
    synchronized (loaded) {
      inUse.register(
          loaded.values().stream()
              .map(shared -> shared.predictor().identity())
              .map(
                  model ->
                      MultiGauge.Row.of(
                          Tags.of("name", model.name(), "digest", model.digest().hex()), 1))
              .toList(),
          true);
    }
  }

  @PreDestroy
  void close() {
    watcher.shutdownNow();
    synchronized (loaded) {
      loaded.values().forEach(SharedPredictor::retire);
      loaded.clear();
    }
  }
}
