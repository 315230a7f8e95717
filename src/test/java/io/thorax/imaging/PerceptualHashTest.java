package io.thorax.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.study.Radiograph;
import io.thorax.synthetic.PictureWriter;
import io.thorax.synthetic.SyntheticRadiograph;
import io.thorax.synthetic.SyntheticRadiograph.Finding;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PerceptualHashTest {
  private static final SyntheticRadiograph DRAWN =
      SyntheticRadiograph.of(Finding.COVID_19, 11, 256);

  @Test
  void aPictureIsFoundAgainAfterItWasScaledAndEncodedAnew() {
    Fingerprint original = fingerprint(PictureWriter.png(DRAWN));
    Radiograph decoded = Fixtures.DECODER.decode(PictureWriter.png(DRAWN));
    ReducedImage small = new Resize(Interpolation.AREA, 150, 140).apply(decoded);
    byte[] copy = PictureWriter.jpeg(PictureWriter.gray(150, 140, small.samples()), 0.6);
    assertTrue(nearDuplicate(original, fingerprint(copy)));
  }

  @Test
  void brightnessAndContrastDoNotMatter() {
    byte[] paler = DRAWN.pixels().clone();
    for (int i = 0; i < paler.length; i++) {
      paler[i] = (byte) (30 + (paler[i] & 0xFF) * 3 / 4);
    }
    byte[] copy = PictureWriter.png(PictureWriter.gray(256, 256, paler));
    assertTrue(nearDuplicate(fingerprint(PictureWriter.png(DRAWN)), fingerprint(copy)));
  }

  @Test
  void itsNegativeIsAnotherPicture() {
    byte[] negative = DRAWN.pixels().clone();
    for (int i = 0; i < negative.length; i++) {
      negative[i] = (byte) ~negative[i];
    }
    Fingerprint other = fingerprint(PictureWriter.png(PictureWriter.gray(256, 256, negative)));
    assertFalse(nearDuplicate(fingerprint(PictureWriter.png(DRAWN)), other));
  }

  @Test
  void flatPicturesAreCopiesOnlyIfTheyAreEqual() {
    Fingerprint black = new Fingerprint(0, new byte[1024]);
    byte[] thumbnail = new byte[1024];
    Arrays.fill(thumbnail, (byte) 9);
    assertTrue(nearDuplicate(black, black));
    assertFalse(nearDuplicate(black, new Fingerprint(0, thumbnail)));
  }

  @Test
  void theDistanceCountsBits() {
    assertEquals(0, PerceptualHash.distance(5, 5));
    assertEquals(64, PerceptualHash.distance(0, -1));
  }

  private static boolean nearDuplicate(Fingerprint first, Fingerprint second) {
    return PerceptualHash.nearDuplicate(first, second, 10, 0.96);
  }

  private static Fingerprint fingerprint(byte[] file) {
    return PerceptualHash.fingerprint(Fixtures.DECODER.decode(file));
  }
}
