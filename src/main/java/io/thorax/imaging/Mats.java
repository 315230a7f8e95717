package io.thorax.imaging;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC;

import org.bytedeco.opencv.opencv_core.Mat;

/** Samples across the border to OpenCV, in one copy each way. The caller closes every matrix. */
final class Mats {
  private Mats() {}

  static Mat of(int width, int height, int channels, byte[] samples) {
    Mat mat = new Mat(height, width, CV_8UC(channels));
    mat.data().put(samples);
    return mat;
  }

  /** The samples of an 8-bit matrix. */
  static byte[] bytes(Mat mat) {
    if (!mat.isContinuous()) {
      try (Mat packed = mat.clone()) {
        return bytes(packed);
      }
    }
    byte[] samples = new byte[Math.toIntExact(mat.total() * mat.channels())];
    mat.data().get(samples);
    return samples;
  }
}
