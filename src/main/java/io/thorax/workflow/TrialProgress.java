package io.thorax.workflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.thorax.training.EpochProgress;
import io.thorax.training.TrainingListener;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** Tells of a trial's epochs: an event for the world, a line in its row. */
final class TrialProgress implements TrainingListener {
  private static final Logger LOG = Logger.getLogger(TrialProgress.class);

  private final TrialSpec spec;
  private final ProgressEvents events;
  private final TaskControl control;
  private final ObjectMapper json;

  TrialProgress(TrialSpec spec, ProgressEvents events, TaskControl control, ObjectMapper json) {
    this.spec = spec;
    this.events = events;
    this.control = control;
    this.json = json;
  }

  @Override
  public void epochDone(EpochProgress epoch) {
    Map<String, Double> metrics = new LinkedHashMap<>(epoch.training());
    epoch.validation().forEach((name, value) -> metrics.put("val_" + name, value));
    metrics.put("val_loss", epoch.validationLoss());
    TrainingProgress progress =
        new TrainingProgress(
            spec.run(),
            spec.trial(),
            epoch.epoch(),
            epoch.epochs(),
            epoch.loss(),
            metrics,
            epoch.imagesPerSecond(),
            epoch.secondsLeft());
    control.progress(Requests.json(json, progress));
    events.progressed(progress);
  }

  @Override
  public void checkpointStored(int epoch, Duration took) {
    LOG.infof("epoch %d is checkpointed after %d ms", epoch, took.toMillis());
    control.checkpointed();
  }
}
