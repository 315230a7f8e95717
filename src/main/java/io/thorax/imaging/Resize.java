package io.thorax.imaging;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;

import io.thorax.study.Radiograph;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** An X-ray at another size; see {@link Interpolation} for what is done. */
record Resize(Interpolation interpolation, int width, int height) {

  ReducedImage apply(Radiograph image) {
    if (image.width() == width && image.height() == height) {
      return new ReducedImage(width, height, image.channels(), image.samples());
    }
    byte[] samples = interpolation == Interpolation.AREA ? area(image) : nearest(image);
    return new ReducedImage(width, height, image.channels(), samples);
  }

  private byte[] area(Radiograph image) {
    Natives.load();
    int shrunkWidth = Math.min(width, image.width());
    int shrunkHeight = Math.min(height, image.height());
    try (Mat whole = Mats.of(image.width(), image.height(), image.channels(), image.samples());
        Mat shrunk = resized(whole, shrunkWidth, shrunkHeight, INTER_AREA)) {
      if (shrunkWidth == width && shrunkHeight == height) {
        return Mats.bytes(shrunk);
      }
      try (Mat grown = resized(shrunk, width, height, INTER_LINEAR)) {
        return Mats.bytes(grown);
      }
    }
  }

  private static Mat resized(Mat image, int width, int height, int interpolation) {
    Mat resized = new Mat();
    try (Size size = new Size(width, height)) {
      opencv_imgproc.resize(image, resized, size, 0, 0, interpolation);
    }
    return resized;
  }

  private byte[] nearest(Radiograph image) {
    int[] columns = nearestIndexes(image.width(), width);
    int[] rows = nearestIndexes(image.height(), height);
    int channels = image.channels();
    byte[] out = new byte[width * height * channels];
    int to = 0;
    for (int row : rows) {
      for (int column : columns) {
        int from = (row * image.width() + column) * channels;
        for (int channel = 0; channel < channels; channel++) {
          out[to++] = image.samples()[from + channel];
        }
      }
    }
    return out;
  }

  /**
   * Pillow's ImagingScaleAffine adds the step up instead of multiplying it; the rounding of that
   * sum decides at some sizes which pixel is taken, so it is done alike here.
   */
  private static int[] nearestIndexes(int from, int to) {
    double step = (double) from / to;
    double at = step * 0.5;
    int[] indexes = new int[to];
    for (int i = 0; i < to; i++) {
      indexes[i] = Math.min((int) at, from - 1);
      at += step;
    }
    return indexes;
  }
}
