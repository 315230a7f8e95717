package io.thorax.model;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a network has learnt: weights, moving statistics of the batch norms and, for going on
 * with the training, the optimiser's slots.
 *
 * @param arrays by name, in the network's order; a slot's name is its weight's with the slot's
 *     behind it ({@code dense0/kernel/m}). The state does not copy the arrays: nobody writes to
 *     them.
 */
public record NetworkState(Map<String, NamedArray> arrays) {

  /**
   * @param shape row-major
   * @param values as many as the shape has; not copied
   */
  public record NamedArray(List<Integer> shape, float[] values) {
    public NamedArray {
      shape = List.copyOf(shape);
      long size = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
      if (size != values.length) {
        throw new IllegalArgumentException(values.length + " values for shape " + shape);
      }
    }
  }

  public NetworkState {
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
  }

  /**
   * @throws IllegalArgumentException if there is none
   */
  public float[] values(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("the state has no " + name))
        .values();
  }

  public Optional<NamedArray> find(String name) {
    return Optional.ofNullable(arrays.get(name));
  }

  /**
   * Writes all of it, with a checksum, so that the file is there whole or not at all.
   *
   * @throws io.thorax.study.Failure.Poison if the file cannot be written
   */
  public void writeTo(Path file) {
    NetworkStateFile.write(this, file);
  }

  /**
   * @throws io.thorax.study.Failure.Poison if the file cannot be read, is cut off or altered
   */
  public static NetworkState readFrom(Path file) {
    return NetworkStateFile.read(file);
  }
}
