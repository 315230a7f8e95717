package io.thorax.imaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Finds a JPEG whose data stops before the image does although its end marker is there (a cut file
 * that something mended). libjpeg leaves the blocks it did not get at the middle gray of 128 and
 * only warns, and OpenCV keeps the warning to itself. So an image with a corner of exactly that
 * gray, which is rare, is decoded once more by the JDK, which passes the warning on.
 */
final class JpegSecondLook {
  private static final byte MIDDLE_GRAY = (byte) 128;

  private JpegSecondLook() {}

  static void check(byte[] jpeg, Raster decoded) {
    if (hasGrayCorner(decoded) && endsEarly(jpeg)) {
      throw Refusal.corrupt("a JPEG whose data ends early");
    }
  }

  /** Any corner: an orientation tag may have turned the last block away from the lower right. */
  private static boolean hasGrayCorner(Raster image) {
    int right = image.width() - 1;
    int bottom = image.height() - 1;
    return isGray(image, right, bottom)
        || isGray(image, 0, bottom)
        || isGray(image, right, 0)
        || isGray(image, 0, 0);
  }

  private static boolean isGray(Raster image, int column, int row) {
    int at = (row * image.width() + column) * image.channels();
    for (int channel = 0; channel < image.channels(); channel++) {
      if (image.samples()[at + channel] != MIDDLE_GRAY) {
        return false;
      }
    }
    return true;
  }

  private static boolean endsEarly(byte[] jpeg) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
    if (!readers.hasNext()) {
      return false;
    }
    ImageReader reader = readers.next();
    boolean[] warned = {false};
    try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.setInput(input, true, true);
      reader.addIIOReadWarningListener((source, warning) -> warned[0] |= isPrematureEnd(warning));
      reader.readRaster(0, null);
    } catch (IOException | RuntimeException e) {
      // the JDK reads fewer kinds than OpenCV: its refusal proves nothing, what it saw before does
    } finally {
      reader.dispose();
    }
    return warned[0];
  }

  /** libjpeg's JWRN_JPEG_EOF and JWRN_HIT_MARKER; other warnings are of no matter here. */
  private static boolean isPrematureEnd(String warning) {
    return warning != null && warning.toLowerCase(Locale.ROOT).contains("premature end");
  }
}
