package io.thorax.imaging;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_RGB;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_GRAYSCALE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import io.thorax.study.Failure;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** PNG and JPEG by OpenCV, once their headers were checked. */
final class PictureDecoder {
  private static final double SIXTEEN_TO_EIGHT_BITS = 255.0 / 65535.0;

  private PictureDecoder() {}

  /** Of 16 bits a sample the 8-bit value is the nearest in scale; alpha is laid over black. */
  static Raster png(byte[] bytes, DecodingLimits limits) {
    PngHeader.read(bytes, limits);
    return decode(bytes, IMREAD_UNCHANGED).withoutRedundantChannels();
  }

  /** Turned upright as its EXIF orientation says. */
  static Raster jpeg(byte[] bytes, DecodingLimits limits) {
    return jpeg(bytes, limits, 0);
  }

  /** As it is stored, for a picture inside of a DICOM file, where EXIF has no say. */
  static Raster storedJpeg(byte[] bytes, DecodingLimits limits) {
    return jpeg(bytes, limits, IMREAD_IGNORE_ORIENTATION);
  }

  private static Raster jpeg(byte[] bytes, DecodingLimits limits, int flags) {
    JpegHeader header = JpegHeader.read(bytes, limits);
    int colour = header.components() == 1 ? IMREAD_GRAYSCALE : IMREAD_COLOR_RGB;
    Raster raster = decode(bytes, colour | flags);
    JpegSecondLook.check(bytes, raster);
    return raster.withoutRedundantChannels();
  }

  private static Raster decode(byte[] bytes, int flags) {
    Natives.load();
    try (BytePointer encoded = new BytePointer(bytes);
        Mat buffer = new Mat(1, bytes.length, CV_8U, encoded);
        Mat decoded = imdecode(buffer, flags)) {
      if (decoded == null || decoded.empty()) {
        throw Refusal.corrupt("the pixels cannot be decoded");
      }
      byte[] samples = samples(decoded);
      return raster(decoded.cols(), decoded.rows(), decoded.channels(), samples, flags);
    } catch (RuntimeException e) {
      throw e instanceof Failure ? e : Refusal.corrupt("OpenCV cannot decode it", e);
    }
  }

  private static byte[] samples(Mat decoded) {
    if (decoded.depth() == CV_8U) {
      return Mats.bytes(decoded);
    }
    if (decoded.depth() != CV_16U) {
      throw Refusal.unsupported("samples of neither 8 nor 16 bits");
    }
    try (Mat eightBits = new Mat()) {
      decoded.convertTo(eightBits, CV_8U, SIXTEEN_TO_EIGHT_BITS, 0);
      return Mats.bytes(eightBits);
    }
  }

  private static Raster raster(int width, int height, int channels, byte[] samples, int flags) {
    if (channels == 1 || flags != IMREAD_UNCHANGED) {
      return new Raster(width, height, channels, samples);
    }
    if (channels < 3) {
      throw Refusal.unsupported("an image of " + channels + " channels");
    }
    return new Raster(width, height, 3, redFirst(samples, channels));
  }

  /** From OpenCV's order of blue, green, red and perhaps alpha. */
  private static byte[] redFirst(byte[] samples, int channels) {
    byte[] rgb = new byte[samples.length / channels * 3];
    for (int from = 0, to = 0; to < rgb.length; from += channels, to += 3) {
      int alpha = channels == 4 ? samples[from + 3] & 0xFF : 255;
      rgb[to] = overBlack(samples[from + 2], alpha);
      rgb[to + 1] = overBlack(samples[from + 1], alpha);
      rgb[to + 2] = overBlack(samples[from], alpha);
    }
    return rgb;
  }

  private static byte overBlack(byte sample, int alpha) {
    return alpha == 255 ? sample : (byte) (((sample & 0xFF) * alpha + 127) / 255);
  }
}
