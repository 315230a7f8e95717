package io.thorax.imaging;

import static io.thorax.imaging.Fixtures.assertRejected;
import static io.thorax.imaging.Fixtures.bytes;
import static io.thorax.imaging.Fixtures.decoded;
import static io.thorax.imaging.Fixtures.rejection;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thorax.study.Acquisition;
import io.thorax.study.ImageFormat;
import io.thorax.study.Radiograph;
import io.thorax.study.RejectReason;
import io.thorax.synthetic.BadFiles;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngDecodingTest {
  @ParameterizedTest
  @CsvSource({
    "gray, 1",
    "rgb, 3",
    "equal-channels, 1",
    "palette, 3",
    "bilevel, 1",
    "rgba, 3",
    "sixteen, 1"
  })
  void everyKindHasTheSamplesThatPillowReads(String kind, int channels) {
    Radiograph radiograph = decoded(kind + ".png");
    assertEquals(40, radiograph.width());
    assertEquals(30, radiograph.height());
    assertEquals(channels, radiograph.channels());
    assertEquals(ImageFormat.PNG, radiograph.format());
    assertEquals(Acquisition.UNKNOWN, radiograph.acquisition());
    byte[] expected = bytes(kind + ".png.u8");
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i] & 0xFF, radiograph.samples()[i] & 0xFF, 1, "sample " + i);
    }
    if (!kind.equals("rgba")) {
      assertArrayEquals(expected, radiograph.samples());
    }
  }

  @Test
  void aFileCutAnywhereIsCorrupt() {
    byte[] png = bytes("rgb.png");
    for (int length = 8; length < png.length; length++) {
      assertRejected(RejectReason.CORRUPT, Arrays.copyOf(png, length));
    }
  }

  @Test
  void aChangedByteIsFoundUnlessADecoderMayIgnoreIt() {
    byte[] png = bytes("gray.png");
    for (int i = 8; i < png.length; i++) {
      byte[] changed = png.clone();
      changed[i] ^= 0x10;
      RejectReason reason = rejection(changed);
      boolean inTheSize = i >= 16 && i < 24;
      assertEquals(
          inTheSize && reason == RejectReason.TOO_LARGE ? reason : RejectReason.CORRUPT,
          reason,
          "byte " + i);
    }
  }

  @Test
  void whatFollowsTheEndIsIgnored() {
    byte[] png = bytes("gray.png");
    byte[] longer = Arrays.copyOf(png, png.length + 100);
    assertArrayEquals(decoded("gray.png").samples(), Fixtures.DECODER.decode(longer).samples());
  }

  @Test
  void aHeaderThatClaimsTooManyPixelsIsRefusedBeforeTheyAreAllocated() {
    assertRejected(RejectReason.TOO_LARGE, BadFiles.pixelBombPng(1));
  }

  @Test
  void damagedPixelsAreCorrupt() {
    assertRejected(RejectReason.CORRUPT, BadFiles.corruptPng(1));
  }
}
