package io.thorax.imaging;

import static io.thorax.imaging.Fixtures.DECODER;
import static io.thorax.imaging.Fixtures.assertRejected;
import static io.thorax.imaging.Fixtures.bytes;
import static io.thorax.imaging.Fixtures.decoded;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.study.ImageFormat;
import io.thorax.study.Radiograph;
import io.thorax.study.RejectReason;
import io.thorax.synthetic.BadFiles;
import io.thorax.synthetic.PictureWriter;
import io.thorax.synthetic.SyntheticRadiograph;
import io.thorax.synthetic.SyntheticRadiograph.Finding;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegDecodingTest {
  private static final SyntheticRadiograph DRAWN = SyntheticRadiograph.of(Finding.COVID_19, 5, 128);

  @Test
  void grayStaysOneChannelAndCloseToWhatWasEncoded() {
    Radiograph radiograph = DECODER.decode(PictureWriter.jpeg(DRAWN, 0.95));
    assertEquals(1, radiograph.channels());
    assertEquals(128, radiograph.width());
    assertEquals(ImageFormat.JPEG, radiograph.format());
    assertTrue(meanDifference(DRAWN.pixels(), radiograph.samples()) < 3);
  }

  @Test
  void colourIsInTheOrderRedGreenBlue() {
    Radiograph jpeg = decoded("orientation-1.jpg");
    assertEquals(3, jpeg.channels());
    Radiograph cmyk = decoded("cmyk.jpg");
    assertEquals(3, cmyk.channels());
    assertTrue(meanDifference(jpeg.samples(), cmyk.samples()) < 6);
  }

  @Test
  void redIsTheFirstChannel() {
    BufferedImage red = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 32 * 32; i++) {
      red.setRGB(i % 32, i / 32, 0xC81E3C);
    }
    for (byte[] file : List.of(PictureWriter.jpeg(red, 0.95), PictureWriter.png(red))) {
      byte[] samples = DECODER.decode(file).samples();
      assertEquals(0xC8, samples[0] & 0xFF, 3);
      assertEquals(0x1E, samples[1] & 0xFF, 3);
      assertEquals(0x3C, samples[2] & 0xFF, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void theOrientationTagIsFollowed(int orientation) {
    Radiograph upright = decoded("orientation-1.jpg");
    Radiograph turned = decoded("orientation-" + orientation + ".jpg");
    boolean transposed = orientation > 4;
    assertEquals(transposed ? 30 : 40, turned.width());
    assertEquals(transposed ? 40 : 30, turned.height());
    for (int y = 0; y < 30; y++) {
      for (int x = 0; x < 40; x++) {
        int[] to = place(orientation, x, y);
        for (int c = 0; c < 3; c++) {
          assertEquals(
              upright.samples()[(y * 40 + x) * 3 + c],
              turned.samples()[(to[1] * turned.width() + to[0]) * 3 + c]);
        }
      }
    }
  }

  /** Where a stored pixel is shown (EXIF 2.3, tag 0x0112), the stored picture being 40 x 30. */
  private static int[] place(int orientation, int x, int y) {
    return switch (orientation) {
      case 2 -> new int[] {39 - x, y};
      case 3 -> new int[] {39 - x, 29 - y};
      case 4 -> new int[] {x, 29 - y};
      case 5 -> new int[] {y, x};
      case 6 -> new int[] {29 - y, x};
      case 7 -> new int[] {29 - y, 39 - x};
      case 8 -> new int[] {y, 39 - x};
      default -> new int[] {x, y};
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"orientation-6.jpg", "progressive.jpg", "restarts.jpg", "cmyk.jpg"})
  void aFileCutAnywhereIsCorrupt(String name) {
    byte[] jpeg = bytes(name);
    for (int length = 3; length < jpeg.length; length++) {
      assertRejected(RejectReason.CORRUPT, Arrays.copyOf(jpeg, length));
    }
  }

  @Test
  void aCutFileThatWasGivenAnEndIsCorrupt() {
    byte[] jpeg = PictureWriter.jpeg(DRAWN, 0.9);
    int scan = lastMarker(jpeg, 0xDA) + 16;
    for (int length = scan; length < jpeg.length - 40; length += 7) {
      byte[] mended = Arrays.copyOf(jpeg, length + 2);
      mended[length - 1] = 0;
      mended[length] = (byte) 0xFF;
      mended[length + 1] = (byte) 0xD9;
      assertRejected(RejectReason.CORRUPT, mended);
    }
  }

  @Test
  void aFileFilledUpWithZerosIsCorrupt() {
    byte[] jpeg = PictureWriter.jpeg(DRAWN, 0.9);
    Arrays.fill(jpeg, jpeg.length / 2, jpeg.length, (byte) 0);
    assertRejected(RejectReason.CORRUPT, jpeg);
    assertRejected(RejectReason.CORRUPT, BadFiles.truncatedJpeg(2));
  }

  @Test
  void anImageThatIsReallyGrayInItsCornersIsRead() {
    byte[] flat = new byte[64 * 64];
    Arrays.fill(flat, (byte) 128);
    byte[] jpeg = PictureWriter.jpeg(PictureWriter.gray(64, 64, flat), 0.9);
    assertArrayEquals(flat, DECODER.decode(jpeg).samples());
  }

  @Test
  void aHeaderThatClaimsTooManyPixelsIsRefusedBeforeTheyAreAllocated() {
    byte[] jpeg = PictureWriter.jpeg(DRAWN, 0.9);
    int frame = lastMarker(jpeg, 0xC0);
    Arrays.fill(jpeg, frame + 5, frame + 9, (byte) 0xFE);
    assertRejected(RejectReason.TOO_LARGE, jpeg);
  }

  @Test
  void otherProcessesAndPrecisionsAreUnsupported() {
    byte[] jpeg = PictureWriter.jpeg(DRAWN, 0.9);
    int frame = lastMarker(jpeg, 0xC0);
    byte[] lossless = jpeg.clone();
    lossless[frame + 1] = (byte) 0xC3;
    assertRejected(RejectReason.UNSUPPORTED_FORMAT, lossless);
    byte[] twelveBits = jpeg.clone();
    twelveBits[frame + 4] = 12;
    assertRejected(RejectReason.UNSUPPORTED_FORMAT, twelveBits);
  }

  @Test
  void aFileOfCountlessScansIsRefused() {
    byte[] jpeg = bytes("progressive.jpg");
    int scan = lastMarker(jpeg, 0xDA);
    byte[] many = Arrays.copyOf(jpeg, jpeg.length + 200 * (jpeg.length - scan));
    for (int at = jpeg.length - 2; at + jpeg.length - scan <= many.length; ) {
      System.arraycopy(jpeg, scan, many, at, jpeg.length - scan);
      at += jpeg.length - scan - 2;
    }
    assertRejected(RejectReason.UNSUPPORTED_FORMAT, many);
  }

  private static int lastMarker(byte[] jpeg, int marker) {
    for (int i = jpeg.length - 2; i >= 0; i--) {
      if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) marker) {
        return i;
      }
    }
    throw new IllegalArgumentException("no such marker");
  }

  private static double meanDifference(byte[] first, byte[] second) {
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += Math.abs((first[i] & 0xFF) - (second[i] & 0xFF));
    }
    return sum / first.length;
  }
}
