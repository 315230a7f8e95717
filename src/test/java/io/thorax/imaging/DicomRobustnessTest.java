package io.thorax.imaging;

import static io.thorax.imaging.Fixtures.DECODER;
import static io.thorax.imaging.Fixtures.assertRejected;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import io.thorax.synthetic.DicomWriter;
import io.thorax.synthetic.SyntheticDicom;
import io.thorax.synthetic.SyntheticRadiograph;
import io.thorax.synthetic.SyntheticRadiograph.Finding;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are cut, damaged or made to harm. */
class DicomRobustnessTest {
  private static final SyntheticRadiograph DRAWN = SyntheticRadiograph.of(Finding.COVID_19, 4, 128);

  @Test
  void sequencesOfAnyFormAreSteppedOver() {
    byte[] expected = DRAWN.pixels();
    byte[] nested = sequence(3);
    assertArrayEquals(
        expected,
        DECODER.decode(writer().undefinedLength(0x00081140, "SQ", nested).bytes()).samples());
    assertArrayEquals(
        expected, DECODER.decode(writer().raw(0x00081140, "SQ", nested).bytes()).samples());
  }

  @Test
  void nestingWithoutEndIsRefused() {
    assertRejected(
        RejectReason.CORRUPT, writer().undefinedLength(0x00081140, "SQ", sequence(10_000)).bytes());
  }

  /** Read as implicit VR, each eight zeros are an empty element: walked once, and not for ever. */
  @Test
  void aSeaOfEmptyElementsIsRefused() {
    byte[] file = new byte[16 << 20];
    System.arraycopy(new byte[] {'D', 'I', 'C', 'M'}, 0, file, 128, 4);
    file[file.length - 1] = 1;
    assertRejected(RejectReason.CORRUPT, file);
  }

  /** Items of undefined length, each with a sequence of undefined length, {@code depth} deep. */
  private static byte[] sequence(int depth) {
    byte[] open = {
      (byte) 0xFE,
      (byte) 0xFF,
      0,
      (byte) 0xE0,
      -1,
      -1,
      -1,
      -1,
      8,
      0,
      0x40,
      0x11,
      'S',
      'Q',
      0,
      0,
      -1,
      -1,
      -1,
      -1
    };
    byte[] itemEnd = {(byte) 0xFE, (byte) 0xFF, 0x0D, (byte) 0xE0, 0, 0, 0, 0};
    byte[] end = {(byte) 0xFE, (byte) 0xFF, (byte) 0xDD, (byte) 0xE0, 0, 0, 0, 0};
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < depth; i++) {
      bytes.writeBytes(open);
    }
    bytes.writeBytes(end);
    for (int i = 0; i < depth; i++) {
      bytes.writeBytes(itemEnd);
      bytes.writeBytes(end);
    }
    return bytes.toByteArray();
  }

  @Test
  void aDeflateBombIsStopped() {
    byte[] bomb =
        SyntheticDicom.eightBitWriter(DRAWN, DicomWriter.DEFLATED)
            .raw(0x00420011, "OB", new byte[80 << 20])
            .bytes();
    assertTrue(bomb.length < 1 << 20);
    assertRejected(RejectReason.TOO_LARGE, bomb);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aCutFileIsRefusedOrWhole(int kind) {
    byte[] file = kinds()[kind];
    byte[] expected = DECODER.decode(file).samples();
    for (int length = 0; length < file.length; length += length < 900 ? 1 : 97) {
      byte[] cut = Arrays.copyOf(file, length);
      Optional<byte[]> samples = samplesOrRefusal(cut);
      assertTrue(samples.isEmpty() || Arrays.equals(expected, samples.get()), "at " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void changedBytesNeverLeadToAnythingButARefusal(int kind) {
    byte[] file = kinds()[kind];
    Random random = new Random(kind);
    for (int i = 0; i < 1500; i++) {
      byte[] changed = file.clone();
      int changes = 1 + random.nextInt(4);
      for (int change = 0; change < changes; change++) {
        int at = random.nextInt(change % 2 == 0 ? Math.min(800, file.length) : file.length);
        changed[at] = (byte) random.nextInt(256);
      }
      samplesOrRefusal(changed);
    }
  }

  private static Optional<byte[]> samplesOrRefusal(byte[] file) {
    try {
      return Optional.of(DECODER.decode(file).samples());
    } catch (Failure.Rejected refused) {
      return Optional.empty();
    }
  }

  private static byte[][] kinds() {
    SyntheticRadiograph tiny = SyntheticRadiograph.of(Finding.NORMAL, 2, 128);
    return new byte[][] {
      SyntheticDicom.sixteenBit(tiny),
      SyntheticDicom.sixteenBitInverted(tiny),
      SyntheticDicom.jpeg(tiny, 0.8),
      SyntheticDicom.eightBitWriter(tiny, DicomWriter.DEFLATED)
          .undefinedLength(0x00081140, "SQ", sequence(2))
          .bytes()
    };
  }

  private static DicomWriter writer() {
    return SyntheticDicom.eightBitWriter(DRAWN, DicomWriter.EXPLICIT_LITTLE_ENDIAN);
  }
}
