package io.thorax.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thorax.study.ImageFormat;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MagicBytesTest {

  @Test
  void tellsPng() {
    assertEquals(
        Optional.of(ImageFormat.PNG),
        MagicBytes.format(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0}));
  }

  @Test
  void tellsJpeg() {
    assertEquals(
        Optional.of(ImageFormat.JPEG),
        MagicBytes.format(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0}));
  }

  @Test
  void tellsDicomByWhatFollowsThePreamble() {
    byte[] file = new byte[200];
    System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, file, 128, 4);
    assertEquals(Optional.of(ImageFormat.DICOM), MagicBytes.format(file));
  }

  @Test
  void tellsDicomWithoutPreamble() {
    byte[] file = new byte[200];
    file[0] = 8;
    file[2] = 5;
    assertEquals(Optional.of(ImageFormat.DICOM), MagicBytes.format(file));
  }

  @Test
  void knowsNothingElse() {
    assertEquals(Optional.empty(), MagicBytes.format(new byte[0]));
    assertEquals(Optional.empty(), MagicBytes.format(new byte[300]));
    assertEquals(Optional.empty(), MagicBytes.format("GIF89a".getBytes(StandardCharsets.US_ASCII)));
    assertEquals(Optional.empty(), MagicBytes.format(new byte[] {(byte) 0x89, 'P', 'N', 'G'}));
  }
}
