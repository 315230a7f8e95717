package io.thorax.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Locale;

/** How gradients change weights. In JSON: {@code {"type": "adam", "learningRate": 1e-5}}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = OptimizerSpec.Adam.class, name = "adam"),
  @JsonSubTypes.Type(value = OptimizerSpec.Sgd.class, name = "sgd")
})
public sealed interface OptimizerSpec {
  double learningRate();

  /**
   * Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1 in the form of section 2's last paragraph),
   * with Keras's constants: beta 0.9 and 0.999, epsilon 1e-7.
   */
  record Adam(double learningRate) implements OptimizerSpec {
    static final float BETA_1 = 0.9f;
    static final float BETA_2 = 0.999f;
    static final float EPSILON = 1e-7f;

    public Adam {
      requirePositive(learningRate);
    }
  }

  /** Plain stochastic gradient descent, without momentum. */
  record Sgd(double learningRate) implements OptimizerSpec {
    public Sgd {
      requirePositive(learningRate);
    }
  }

  /**
   * @param name adam or sgd, in any case
   * @throws IllegalArgumentException if it is another
   */
  static OptimizerSpec of(String name, double learningRate) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "adam" -> new Adam(learningRate);
      case "sgd" -> new Sgd(learningRate);
      default -> throw new IllegalArgumentException("optimizer must be adam or sgd, not " + name);
    };
  }

  private static void requirePositive(double learningRate) {
    if (!(learningRate > 0) || !Double.isFinite(learningRate)) {
      throw new IllegalArgumentException("learningRate must be positive, not " + learningRate);
    }
  }
}
