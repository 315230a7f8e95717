package io.thorax.workflow;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.thorax.inference.Lease;
import io.thorax.inference.Models;
import io.thorax.inference.Predictor;
import io.thorax.inference.UnknownModelException;
import io.thorax.study.Failure;
import io.thorax.study.Identifiers;
import io.thorax.study.ImageReference;
import io.thorax.study.Outcome;
import io.thorax.study.RejectReason;
import io.thorax.study.Sha256;
import io.thorax.workflow.ImagePreparation.Prepared;
import io.thorax.workflow.ImagePreparation.RejectedContent;
import io.thorax.workflow.Outages.Server;
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
import org.jboss.logging.Logger;

/**
 * From requests to results, blocking: fetch, decode and prepare side by side, infer together. An
 * image that fails does not touch its neighbours. Thread-safe: one batch is prepared while another
 * is inferred.
 */
final class BatchReader implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(BatchReader.class);

  /** Prepared images of 224 x 224 take 0.6 MB each; one notification may name a thousand. */
  private static final int MAX_AT_ONCE = 64;

  private final Models models;
  private final ImagePreparation preparation;
  private final Outages outages;
  private final WorkflowConfig config;
  private final MeterRegistry meters;
  private final Timer inferring;
  private final ExecutorService preparers;

  BatchReader(
      Models models,
      ImagePreparation preparation,
      Outages outages,
      WorkflowConfig config,
      MeterRegistry meters) {
    this.models = models;
    this.preparation = preparation;
    this.outages = outages;
    this.config = config;
    this.meters = meters;
    this.inferring = Stages.timer(meters, "infer", "A batch through the network");
    this.preparers = Executors.newFixedThreadPool(threads(config));
  }

  /** A result for each request, in their order. Outages are waited out. */
  List<Result> read(List<ClassificationRequest> requests) {
    Result[] results = new Result[requests.size()];
    Map<String, List<Integer>> byModel = new LinkedHashMap<>();
    for (int i = 0; i < requests.size(); i++) {
      byModel
          .computeIfAbsent(
              requests.get(i).model().orElse(models.defaultAlias()), model -> new ArrayList<>())
          .add(i);
    }
    byModel.forEach(
        (model, indices) -> {
          for (int from = 0; from < indices.size(); from += MAX_AT_ONCE) {
            int to = Math.min(from + MAX_AT_ONCE, indices.size());
            readWith(model, indices.subList(from, to), requests, results);
          }
        });
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

  private static int threads(WorkflowConfig config) {
    return config.preparationThreads() > 0
        ? config.preparationThreads()
        : Runtime.getRuntime().availableProcessors();
  }

  @Override
  public void close() {
    preparers.shutdownNow();
  }
}
