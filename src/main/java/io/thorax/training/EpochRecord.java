package io.thorax.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an epoch came to.
 *
 * @param epoch from 1
 * @param training by {@link MetricName#wireName}; over the epoch's steps, while weights change and
 *     dropout is on, the loss weighted by class (as Keras reports it)
 * @param validation by {@link MetricName#wireName}; at the epoch's end, unweighted
 * @param seconds that the epoch took, validation included
 */
public record EpochRecord(
    int epoch, Map<String, Double> training, Map<String, Double> validation, double seconds) {

  public EpochRecord {
    training = Collections.unmodifiableMap(new LinkedHashMap<>(training));
    validation = Collections.unmodifiableMap(new LinkedHashMap<>(validation));
  }

  double validationLoss() {
    return validation.get(MetricName.LOSS.wireName());
  }
}
