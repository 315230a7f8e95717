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
import io.thorax.inference.Models;
import io.thorax.objectstore.ObjectStore;
import io.thorax.persistence.PredictionRepository;
import io.thorax.study.Outcome;
import io.thorax.workflow.Outages.Server;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.Pointer;

/** Reads a batch of X-rays and stores what came of it in one statement. */
@ApplicationScoped
public class ClassifyImages {
  private static final Duration READY_POLL = Duration.ofMillis(200);
  private static final int BATCHES_AT_ONCE = 4;

  private final Models models;
  private final PredictionRepository predictions;
  private final Outages outages;
  private final MeterRegistry meters;
  private final BatchReader reader;
  private final WorkerExecutor batches;
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
    this.meters = meters;
    this.reader =
        new BatchReader(
            models,
            new ImagePreparation(
                store,
                new RadiographDecoder(imaging.decodingLimits(), imaging.acquisitionPolicy()),
                outages,
                config,
                imaging.decodingLimits().maxBytes(),
                meters),
            outages,
            config,
            meters);
    this.batches =
        vertx.createSharedWorkerExecutor("thorax-classify", BATCHES_AT_ONCE, 10, TimeUnit.MINUTES);
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
        .executeBlocking(() -> reader.read(requests), false)
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

  @PreDestroy
  void close() {
    reader.close();
  }
}
