package io.thorax.training;

import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;

/**
 * The tensors of one training step, written again and again. Written by one thread at a time.
 *
 * <p>Images are {@code [size, height, width, 3]}, targets one-hot {@code [size, classes]}, weights
 * {@code [size]}.
 */
final class Batch implements AutoCloseable {
  private final int[] labels;
  private final int classes;
  private final TFloat32 images;
  private final TFloat32 targets;
  private final TFloat32 weights;
  private final FloatDataBuffer imageValues;
  private final FloatDataBuffer targetValues;
  private final FloatDataBuffer weightValues;

  Batch(int size, int height, int width, int channels, int classes) {
    this.labels = new int[size];
    this.classes = classes;
    this.images = TFloat32.tensorOf(Shape.of(size, height, width, channels));
    this.targets = TFloat32.tensorOf(Shape.of(size, classes));
    this.weights = TFloat32.tensorOf(Shape.of(size));
    this.imageValues = images.asRawTensor().data().asFloats();
    this.targetValues = targets.asRawTensor().data().asFloats();
    this.weightValues = weights.asRawTensor().data().asFloats();
  }

  /**
   * @param pixels one image, {@code [height, width, channels]}; copied
   */
  void set(int index, float[] pixels, int label, float weight) {
    imageValues.offset((long) index * pixels.length).write(pixels);
    for (int i = 0; i < classes; i++) {
      targetValues.setFloat(i == label ? 1 : 0, (long) index * classes + i);
    }
    weightValues.setFloat(weight, index);
    labels[index] = label;
  }

  int size() {
    return labels.length;
  }

  int label(int index) {
    return labels[index];
  }

  TFloat32 images() {
    return images;
  }

  TFloat32 targets() {
    return targets;
  }

  TFloat32 weights() {
    return weights;
  }

  @Override
  public void close() {
    images.close();
    targets.close();
    weights.close();
  }
}
