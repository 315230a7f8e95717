package io.thorax.model;

import io.thorax.model.NetworkState.NamedArray;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
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
 * The variables of one graph, with the means to write and read them. They are of the kind
 * VariableV2, the only one that TensorFlow Java's saver saves.
 */
final class Variables {
  private record Entry(
      List<Integer> shape, Variable<TFloat32> variable, Placeholder<TFloat32> value, Op assign) {}

  private final Ops tf;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Ops> layers = new HashMap<>();

  Variables(Ops tf) {
    this.tf = tf;
  }

  /**
   * @param name layer and role, parted by slashes
   */
  Variable<TFloat32> add(String name, List<Integer> shape) {
    int last = name.lastIndexOf('/');
    Ops layer = layers.computeIfAbsent(name.substring(0, last).replace('/', '_'), tf::withSubScope);
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

  /** In one call: each set of variables costs TensorFlow an optimised graph of its own. */
  void write(Session session, Map<String, NamedArray> arrays) {
    List<TFloat32> tensors = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      arrays.forEach(
          (name, array) -> {
            Entry entry = entries.get(name);
            TFloat32 tensor = FloatTensors.of(entry.shape(), array.values());
            tensors.add(tensor);
            runner.feed(entry.value(), tensor).addTarget(entry.assign());
          });
      runner.run().close();
    } finally {
      tensors.forEach(TFloat32::close);
    }
  }

  /** In one call, as {@link #write}. */
  Map<String, NamedArray> read(Session session, Collection<String> names) {
    Session.Runner runner = session.runner();
    names.forEach(name -> runner.fetch(entries.get(name).variable()));
    Map<String, NamedArray> arrays = new LinkedHashMap<>();
    try (Result result = runner.run()) {
      int i = 0;
      for (String name : names) {
        float[] values = FloatTensors.values((TFloat32) result.get(i++));
        arrays.put(name, new NamedArray(shape(name), values));
      }
    }
    return arrays;
  }

  /** An operation that sets variables to zero. */
  Op clear(List<String> names) {
    List<Op> clears = new ArrayList<>();
    for (String name : names) {
      Entry entry = entries.get(name);
      int[] shape = entry.shape().stream().mapToInt(Integer::intValue).toArray();
      clears.add(tf.assign(entry.variable(), tf.fill(tf.constant(shape), tf.constant(0f))));
    }
    return tf.withControlDependencies(clears).noOp();
  }
}
