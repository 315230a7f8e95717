package io.thorax.model;

import java.util.List;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Copies between tensors and Java arrays, row-major. The caller closes what it is given. */
final class FloatTensors {
  private FloatTensors() {}

  static TFloat32 of(List<Integer> shape, float[] values) {
    TFloat32 tensor = TFloat32.tensorOf(shape(shape));
    tensor.asRawTensor().data().asFloats().write(values);
    return tensor;
  }

  static float[] values(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  /** The rows of a tensor of rank 2. */
  static float[][] rows(TFloat32 tensor) {
    int columns = Math.toIntExact(tensor.shape().get(1));
    float[] all = values(tensor);
    float[][] rows = new float[Math.toIntExact(tensor.shape().get(0))][columns];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(all, i * columns, rows[i], 0, columns);
    }
    return rows;
  }

  static Shape shape(List<Integer> dimensions) {
    return Shape.of(dimensions.stream().mapToLong(Integer::longValue).toArray());
  }
}
