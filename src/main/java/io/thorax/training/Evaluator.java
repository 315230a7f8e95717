package io.thorax.training;

import io.thorax.dataset.PixelSet;
import io.thorax.model.Evaluation;
import io.thorax.model.TrainableNetwork;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/** Measures a network on a split, as inference sees it. */
final class Evaluator implements AutoCloseable {
  private final TrainingPlan plan;
  private final PixelSet pixels;
  private final BatchFeed feed;
  private final Runnable cancellationCheck;

  /**
   * @param cancellationCheck throws when the training shall end; asked before each batch
   */
  Evaluator(TrainingPlan plan, PixelSet pixels, int threads, Runnable cancellationCheck) {
    this.plan = plan;
    this.pixels = pixels;
    this.cancellationCheck = cancellationCheck;
    this.feed =
        new BatchFeed(
            pixels,
            plan.subject().input(),
            EpochOrder.asTheyLie(pixels.size()),
            DoubleStream.generate(() -> 1).limit(plan.classCount()).toArray(),
            plan.batchSize(),
            threads);
  }

  /**
   * @param epoch whose network it is
   * @throws io.thorax.study.Failure.Poison if the loss is not finite
   */
  ClassificationMetrics evaluate(TrainableNetwork network, int epoch) {
    return measure(network, epoch).metrics();
  }

  SplitMetrics evaluateBySource(
      TrainableNetwork network, int epoch, Function<String, Optional<String>> sourceOf) {
    Measured measured = measure(network, epoch);
    Map<String, Predictions> bySource = new TreeMap<>();
    for (int i = 0; i < pixels.size(); i++) {
      int image = i;
      sourceOf
          .apply(pixels.id(i))
          .map(name -> bySource.computeIfAbsent(name, n -> new Predictions(plan.classCount(), 16)))
          .ifPresent(of -> of.add(measured.predictions().row(image), pixels.label(image)));
    }
    Map<String, ClassificationMetrics> metrics = new TreeMap<>();
    bySource.forEach((name, of) -> metrics.put(name, metricsOf(of, CrossEntropy.mean(of))));
    return new SplitMetrics(measured.metrics(), metrics);
  }

  private record Measured(Predictions predictions, ClassificationMetrics metrics) {}

  private Measured measure(TrainableNetwork network, int epoch) {
    Predictions predictions = new Predictions(plan.classCount(), pixels.size());
    double regularisation = 0;
    try (EpochBatches batches = feed.inOrder()) {
      while (batches.hasNext()) {
        cancellationCheck.run();
        Batch batch = batches.next();
        Evaluation evaluation = network.evaluate(batch.images());
        regularisation += evaluation.regularisation() * batch.size();
        predictions.addAll(evaluation.probabilities(), batch);
      }
    }
    double loss = CrossEntropy.mean(predictions) + regularisation / pixels.size();
    if (!Double.isFinite(loss)) {
      throw LossNotFinite.inEvaluation(epoch, loss);
    }
    return new Measured(predictions, metricsOf(predictions, loss));
  }

  private ClassificationMetrics metricsOf(Predictions predictions, double loss) {
    return ClassificationMetrics.of(predictions, loss, plan.positiveIndex(), plan.thresholds());
  }

  @Override
  public void close() {
    feed.close();
  }
}
