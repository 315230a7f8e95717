package io.thorax.imaging;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.CV_64F;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.WARP_INVERSE_MAP;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A turn about the image's centre, {@code (side - 1) / 2}. Keras takes the height for the width
 * there; that matters only to images that are not square, and is not copied.
 */
final class Rotation {
  private Rotation() {}

  static ReducedImage apply(ReducedImage image, double degrees) {
    Natives.load();
    try (DoublePointer values = new DoublePointer(toSource(image, Math.toRadians(degrees)));
        Mat matrix = new Mat(2, 3, CV_64F, values);
        Mat source = Mats.of(image.width(), image.height(), image.channels(), image.samples());
        Mat turned = new Mat();
        Size size = new Size(image.width(), image.height());
        Scalar unused = new Scalar()) {
      opencv_imgproc.warpAffine(
          source, turned, matrix, size, INTER_LINEAR | WARP_INVERSE_MAP, BORDER_REPLICATE, unused);
      return new ReducedImage(image.width(), image.height(), image.channels(), Mats.bytes(turned));
    }
  }

  /** From a place in the turned image to its place in the source, as two rows of three. */
  private static double[] toSource(ReducedImage image, double angle) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double x = (image.width() - 1) / 2.0;
    double y = (image.height() - 1) / 2.0;
    return new double[] {cos, -sin, x - cos * x + sin * y, sin, cos, y - sin * x - cos * y};
  }
}
