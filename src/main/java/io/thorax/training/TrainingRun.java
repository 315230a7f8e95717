package io.thorax.training;

import io.thorax.dataset.PixelSet;
import io.thorax.model.NetworkState;
import io.thorax.model.TrainableNetwork;
import io.thorax.study.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/** One call of {@link Trainer#train}: what it holds, and its course. */
final class TrainingRun implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TrainingRun.class);

  private final TrainingPlan plan;
  private final Sha256 planDigest;
  private final TrainingData data;
  private final TrainingListener listener;
  private final Cancellation cancellation;
  private final TrainerSettings settings;
  private final Resources resources = new Resources();
  private final BatchFeed feed;
  private final Evaluator validation;
  private final TrainableNetwork network;
  private final Checkpoints checkpoints;
  private final EpochLoop loop;
  private final Set<String> weightNames;

  private final List<EpochRecord> history = new ArrayList<>();
  private Checkpoint.Best best;

  TrainingRun(
      TrainingPlan plan,
      TrainingData data,
      CheckpointStore store,
      TrainingListener listener,
      Cancellation cancellation,
      TrainerSettings settings) {
    this.plan = plan;
    this.planDigest = plan.digest();
    this.data = data;
    this.listener = listener;
    this.cancellation = cancellation;
    this.settings = settings;
    int[] labels = labels(data.training());
    ClassBalance balance = ClassBalance.of(labels, plan.classCount());
    try {
      feed = resources.add(feed(balance, labels));
      validation = resources.add(evaluator(data.validation()));
      network = resources.add(Trainer.newNetwork(plan, balance.outputBias()));
      checkpoints = resources.add(new Checkpoints(store, listener, settings, this::checkCancelled));
      weightNames = network.weights().arrays().keySet();
    } catch (RuntimeException | Error e) {
      resources.close();
      throw e;
    }
    loop = new EpochLoop(plan, network, feed, listener, this::checkCancelled);
  }

  private BatchFeed feed(ClassBalance balance, int[] labels) {
    boolean oversampled = plan.imbalanceStrategy() == ImbalanceStrategy.RANDOM_OVERSAMPLE;
    double[] weights = new double[plan.classCount()];
    Arrays.fill(weights, 1);
    return new BatchFeed(
        data.training(),
        plan.subject().input(),
        new EpochOrder(
            oversampled
                ? balance.oversample(labels, plan.seed())
                : IntStream.range(0, labels.length).toArray(),
            plan.seed(),
            plan.rotationDegrees()),
        oversampled ? weights : balance.weights(plan.classMultipliers()),
        plan.batchSize(),
        settings.preparationThreads());
  }

  private Evaluator evaluator(PixelSet pixels) {
    return new Evaluator(plan, pixels, settings.preparationThreads(), this::checkCancelled);
  }

  TrainedModel execute() {
    try {
      return trained();
    } catch (TrainingCancelled e) {
      throw e;
    } catch (CancellationException e) {
      throw new TrainingCancelled(history.size() + 1);
    }
  }

  private TrainedModel trained() {
    checkpoints.latest().filter(this::isOfThisPlan).ifPresent(this::goOnFrom);
    listener.started(plan, history.size());
    EarlyStopping stopping = EarlyStopping.after(plan.patience(), history);
    while (history.size() < plan.epochs() && !stopping.patienceIsOver()) {
      stopping = runEpoch(history.size() + 1, stopping);
    }
    checkpoints.awaitLast();
    network.restore(best.weights());
    TrainedModel trained = measured();
    listener.finished(trained);
    return trained;
  }

  private boolean isOfThisPlan(Checkpoint checkpoint) {
    boolean same = checkpoint.plan().equals(planDigest);
    if (!same) {
      LOG.warnf("the checkpoint of epoch %d is of another plan: not used", checkpoint.epoch());
    }
    return same;
  }

  private void goOnFrom(Checkpoint checkpoint) {
    network.restore(checkpoint.network());
    history.addAll(checkpoint.history());
    best = checkpoint.best();
    LOG.infof("going on from the checkpoint of epoch %d", checkpoint.epoch());
  }

  private EarlyStopping runEpoch(int epoch, EarlyStopping before) {
    long begun = System.nanoTime();
    EpochLoop.Trained trained = loop.run(epoch);
    ClassificationMetrics validated = validation.evaluate(network, epoch);
    double seconds = (System.nanoTime() - begun) * 1e-9;
    history.add(new EpochRecord(epoch, trained.metrics().asMap(), validated.asMap(), seconds));
    EarlyStopping after = before.after(epoch, validated.loss());
    listener.epochDone(progress(trained, validated, after, seconds));
    checkpoints.awaitLast();
    NetworkState state = network.state();
    if (after.bestEpoch() == epoch) {
      NetworkState weights = CheckpointArchive.only(weightNames, state);
      best = new Checkpoint.Best(epoch, validated.loss(), weights);
    }
    checkpoints.save(new Checkpoint(planDigest, plan.seed(), epoch, state, best, history));
    return after;
  }

  private EpochProgress progress(
      EpochLoop.Trained trained,
      ClassificationMetrics validated,
      EarlyStopping stopping,
      double seconds) {
    int epoch = history.size();
    return new EpochProgress(
        epoch,
        plan.epochs(),
        trained.metrics().loss(),
        validated.loss(),
        trained.metrics().asMap(),
        validated.asMap(),
        stopping.bestEpoch(),
        trained.imagesPerSecond(),
        stopping.patienceIsOver() ? 0 : seconds * (plan.epochs() - epoch));
  }

  private TrainedModel measured() {
    SplitMetrics validated = validation.evaluateBySource(network, best.epoch(), data.sourceOf());
    Optional<SplitMetrics> tested = Optional.empty();
    if (data.test().size() > 0) {
      try (Evaluator test = evaluator(data.test())) {
        tested = Optional.of(test.evaluateBySource(network, best.epoch(), data.sourceOf()));
      }
    }
    return new TrainedModel(plan, best.weights(), best.epoch(), validated, tested, history);
  }

  private void checkCancelled() {
    if (cancellation.isRequested()) {
      throw new TrainingCancelled(history.size() + 1);
    }
  }

  private static int[] labels(PixelSet pixels) {
    return IntStream.range(0, pixels.size()).map(pixels::label).toArray();
  }

  @Override
  public void close() {
    resources.close();
  }
}
