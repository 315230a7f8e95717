package io.thorax.workflow;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.thorax.imaging.ImagingConfig;
import io.thorax.imaging.RadiographDecoder;
import io.thorax.inference.Lease;
import io.thorax.inference.Models;
import io.thorax.inference.Predictor;
import io.thorax.inference.UnknownModelException;
import io.thorax.objectstore.ObjectStore;
import io.thorax.persistence.PredictionRepository;
import io.thorax.study.Failure;
import io.thorax.study.Identifiers;
import io.thorax.study.ImageReference;
import io.thorax.study.Outcome;
import io.thorax.study.RejectReason;
import io.thorax.study.Sha256;
import io.thorax.workflow.ImagePreparation.Prepared;
import io.thorax.workflow.ImagePreparation.RejectedContent;
import io.thorax.workflow.Outages.Server;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.Pointer;
import org.jboss.logging.Logger;

/**
 * Reads a batch of X-rays: fetch, decode and prepare side by side, infer together, store in one
 * statement. An image that fails does not touch its neighbours.
 */
@ApplicationScoped
public class ClassifyImages {
  private static final Logger LOG = Logger.getLogger(ClassifyImages.class);
  private static final Duration READY_POLL = Duration.ofMillis(200);
  private static final int BATCHES_AT_ONCE = 4;

  private final Models models;
  private final PredictionRepository predictions;
  private final Outages outages;
  private final WorkflowConfig config;
  private final MeterRegistry meters;
  private final ImagePreparation preparation;
  private final ExecutorService preparers;
  private final WorkerExecutor batches;
  private final Timer inferring;
  private final Timer persisting;
  private final DistributionSummary batchSizes;
  private final AtomicInteger inWork = new AtomicInteger();

  ClassifyImages(
      Models models,
      PredictionRepository predictions,
      ObjectStore store,
      Outages outages,
      WorkflowConfig config,
      ImagingConfig imaging,
      MeterRegistry meters,
      Vertx vertx) {
    this.models = models;
    this.predictions = predictions;
    this.outages = outages;
    this.config = config;
    this.meters = meters;
    this.preparation =
        new ImagePreparation(
            store,
            new RadiographDecoder(imaging.decodingLimits(), imaging.acquisitionPolicy()),
            outages,
            config,
            imaging.decodingLimits().maxBytes(),
            meters);
    this.preparers = Executors.newFixedThreadPool(threads(config));
    this.batches =
        vertx.createSharedWorkerExecutor("thorax-classify", BATCHES_AT_ONCE, 10, TimeUnit.MINUTES);
    this.inferring = Stages.timer(meters, "infer", "A batch through the network");
    this.persisting = Stages.timer(meters, "persist", "A batch of outcomes into the database");
    this.batchSizes =
        DistributionSummary.builder("thorax.batch.size")
            .description("Images of a batch")
            .register(meters);
    Gauge.builder("thorax.images.in.work", inWork, AtomicInteger::get)
        .description("Images taken and not stored yet: at most the batches in flight")
        .register(meters);
    Gauge.builder("thorax.memory.resident", Pointer::physicalBytes)
        .description("Memory of the whole process, most of it native; it must level off")
        .baseUnit("bytes")
        .register(meters);
  }

  /** Natives are loaded and the default model is watched before the first image comes. */
  void start(@Observes StartupEvent started, ThoraxConfig process) {
    if (process.roles().contains(Role.CLASSIFY)) {
      models.start();
    }
  }

  /** Completes when the default model is warm; until then nothing is taken on. */
  public Uni<Void> ready() {
    if (models.ready()) {
      return Uni.createFrom().voidItem();
    }
    return Multi.createFrom()
        .ticks()
        .every(READY_POLL)
        .onOverflow()
        .drop()
        .filter(tick -> models.ready())
        .toUni()
        .replaceWithVoid();
  }

  /** A result for each request, in their order; the outcomes among them are stored. */
  public Uni<List<Result>> classify(List<ClassificationRequest> requests) {
    batchSizes.record(requests.size());
    inWork.addAndGet(requests.size());
    return batches
        .executeBlocking(() -> read(requests), false)
        .call(this::store)
        .invoke(this::count)
        .onTermination()
        .invoke(() -> inWork.addAndGet(-requests.size()));
  }

  private Uni<Void> store(List<Result> results) {
    List<Outcome> outcomes =
        results.stream()
            .filter(Result.Done.class::isInstance)
            .map(result -> ((Result.Done) result).outcome())
            .toList();
    if (outcomes.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Timer.Sample sample = Timer.start(meters);
    return outages
        .waitOut(Server.DATABASE, () -> predictions.save(outcomes))
        .invoke(() -> sample.stop(persisting));
  }

  private List<Result> read(List<ClassificationRequest> requests) {
    Result[] results = new Result[requests.size()];
    Map<String, List<Integer>> byModel = new LinkedHashMap<>();
    for (int i = 0; i < requests.size(); i++) {
      byModel
          .computeIfAbsent(
              requests.get(i).model().orElse(models.defaultAlias()), model -> new ArrayList<>())
          .add(i);
    }
    byModel.forEach((model, indices) -> readWith(model, indices, requests, results));
    return Arrays.asList(results);
  }

  private void readWith(
      String model, List<Integer> indices, List<ClassificationRequest> requests, Result[] results) {
    Sha256 digest;
    try {
      digest = outages.waitOutBlocking(Server.DATABASE, () -> digest(model));
    } catch (Failure.Rejected unknownModel) {
      for (int i : indices) {
        results[i] = rejected(requests.get(i).image(), requests.get(i), unknownModel);
      }
      return;
    }
    try (Lease lease = outages.waitOutBlocking(Server.OBJECT_STORE, () -> models.acquire(digest))) {
      Map<Integer, Prepared> prepared = prepare(indices, requests, lease.predictor(), results);
      infer(prepared, requests, lease.predictor(), results);
    }
  }

  private Sha256 digest(String model) {
    try {
      return models.digest(model);
    } catch (UnknownModelException e) {
      throw new Failure.Rejected(RejectReason.UNKNOWN_MODEL, e.getMessage(), e);
    }
  }

  private Map<Integer, Prepared> prepare(
      List<Integer> indices,
      List<ClassificationRequest> requests,
      Predictor predictor,
      Result[] results) {
    Map<Integer, Future<Prepared>> underWay = new LinkedHashMap<>();
    for (int i : indices) {
      underWay.put(i, preparers.submit(() -> preparation.prepare(requests.get(i), predictor)));
    }
    Map<Integer, Prepared> prepared = new LinkedHashMap<>();
    underWay.forEach(
        (i, future) -> {
          try {
            prepared.put(i, Futures.get(future));
          } catch (RejectedContent e) {
            ImageReference image = requests.get(i).image().withSha256(e.digest());
            results[i] = rejected(image, requests.get(i), e.rejection());
          } catch (Failure.Rejected e) {
            results[i] = rejected(requests.get(i).image(), requests.get(i), e);
          } catch (Failure.Transient e) {
            throw e;
          } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            LOG.errorf(
                e, "an image of bucket %s could not be prepared", requests.get(i).image().bucket());
            results[i] = poisoned(e);
          }
        });
    return prepared;
  }

  private void infer(
      Map<Integer, Prepared> prepared,
      List<ClassificationRequest> requests,
      Predictor predictor,
      Result[] results) {
    if (prepared.isEmpty()) {
      return;
    }
    try {
      Timer.Sample sample = Timer.start(meters);
      List<float[]> probabilities =
          predictor.predict(prepared.values().stream().map(Prepared::input).toList());
      double millisEach = sample.stop(inferring) / 1e6 / prepared.size();
      Instant now = Instant.now();
      Verdict verdict = new Verdict(predictor.manifest(), config.threshold());
      int next = 0;
      for (Map.Entry<Integer, Prepared> entry : prepared.entrySet()) {
        int i = entry.getKey();
        results[i] =
            new Result.Done(
                new Outcome.Classified(
                    verdict.prediction(
                        requests.get(i),
                        entry.getValue(),
                        probabilities.get(next++),
                        millisEach,
                        now)));
      }
    } catch (RuntimeException e) {
      LOG.error("a batch could not be inferred", e);
      prepared.keySet().forEach(i -> results[i] = poisoned(e));
    }
  }

  private static Result rejected(
      ImageReference image, ClassificationRequest request, Failure.Rejected failure) {
    return new Result.Done(
        new Outcome.Rejected(
            Identifiers.rejection(image, failure.reason()),
            image,
            request.studyInstanceUid(),
            failure.reason(),
            Optional.ofNullable(failure.getMessage()).orElse("")));
  }

  private static Result poisoned(Throwable e) {
    return new Result.Poisoned(
        Failure.of(e) instanceof Failure.Poison poison
            ? poison
            : new Failure.Poison(e.getMessage(), e));
  }

  private void count(List<Result> results) {
    for (Result result : results) {
      String outcome = "poisoned";
      String reason = "none";
      if (result instanceof Result.Done done && done.outcome() instanceof Outcome.Rejected r) {
        outcome = "rejected";
        reason = r.reason().wireName();
      } else if (result instanceof Result.Done) {
        outcome = "classified";
      }
      meters.counter("thorax.images", "outcome", outcome, "reason", reason).increment();
    }
  }

  private static int threads(WorkflowConfig config) {
    return config.preparationThreads() > 0
        ? config.preparationThreads()
        : Runtime.getRuntime().availableProcessors();
  }

  @PreDestroy
  void close() {
    preparers.shutdownNow();
  }
}
