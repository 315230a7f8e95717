package io.thorax.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * The variables of one graph, with the means to write and read them one at a time. They are of the
 * kind VariableV2, the only one that TensorFlow Java's saver saves.
 */
final class Variables {
  private record Entry(
      List<Integer> shape, Variable<TFloat32> variable, Placeholder<TFloat32> value, Op assign) {}

  private final Ops tf;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  Variables(Ops tf) {
    this.tf = tf;
  }

  /**
   * @param name layer and role, parted by slashes
   */
  Variable<TFloat32> add(String name, List<Integer> shape) {
    int last = name.lastIndexOf('/');
    Ops layer = tf.withSubScope(name.substring(0, last).replace('/', '_'));
    Variable<TFloat32> variable =
        layer
            .withName(name.substring(last + 1))
            .variable(FloatTensors.shape(shape), TFloat32.class);
    Placeholder<TFloat32> value =
        layer.placeholder(TFloat32.class, Placeholder.shape(FloatTensors.shape(shape)));
    entries.put(name, new Entry(shape, variable, value, layer.assign(variable, value)));
    return variable;
  }

  Map<String, Variable<TFloat32>> byName() {
    Map<String, Variable<TFloat32>> variables = new LinkedHashMap<>();
    entries.forEach((name, entry) -> variables.put(name, entry.variable()));
    return Collections.unmodifiableMap(variables);
  }

  List<Integer> shape(String name) {
    return entries.get(name).shape();
  }

  void write(Session session, String name, float[] values) {
    Entry entry = entries.get(name);
    try (TFloat32 tensor = FloatTensors.of(entry.shape(), values);
        Result ignored =
            session.runner().feed(entry.value(), tensor).addTarget(entry.assign()).run()) {
      return;
    }
  }

  float[] read(Session session, String name) {
    try (Result result = session.runner().fetch(entries.get(name).variable()).run()) {
      return FloatTensors.values((TFloat32) result.get(0));
    }
  }
}
