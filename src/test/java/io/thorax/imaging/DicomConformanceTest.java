package io.thorax.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import io.thorax.study.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** On files of other projects, if {@code THORAX_DATA} names the folder that holds them. */
@EnabledIf("present")
class DicomConformanceTest {
  /** GDCM reads its signed 12-bit values as unsigned; pydicom agrees with us. */
  private static final String GDCM_DIFFERS = "pydicom-data__mlut_18.dcm";

  private static final int PIXEL_DIGEST = 25;

  static boolean present() {
    return Fixtures.data().isPresent();
  }

  @Test
  void everyFileIsReadOrRefusedForAReason() {
    int read = 0;
    Map<RejectReason, Integer> refused = new EnumMap<>(RejectReason.class);
    for (Path file : Fixtures.dataFiles("dicom-conformance/.*\\.dcm")) {
      try {
        Fixtures.DECODER.decode(Fixtures.read(file));
        read++;
      } catch (Failure.Rejected refusal) {
        refused.merge(refusal.reason(), 1, Integer::sum);
      }
    }
    assertEquals(26, read);
    assertEquals(
        Map.of(
            RejectReason.CORRUPT, 3,
            RejectReason.MULTI_FRAME, 4,
            RejectReason.UNSUPPORTED_FORMAT, 41),
        refused);
  }

  @Test
  void storedValuesAreThoseThatGdcmReads() {
    Map<String, String> digests = pixelDigests();
    int compared = 0;
    for (Path path : Fixtures.dataFiles("dicom-conformance/.*\\.dcm")) {
      String name = path.getFileName().toString();
      byte[] bytes = Fixtures.read(path);
      if (!isUncompressedGray(bytes) || name.equals(GDCM_DIFFERS)) {
        continue;
      }
      assertEquals(digests.get(name), storedDigest(DicomFile.read(bytes)), name);
      compared++;
    }
    assertTrue(compared >= 16, compared + " files compared");
  }

  private static boolean isUncompressedGray(byte[] bytes) {
    try {
      return Fixtures.DECODER.decode(bytes).channels() == 1
          && DicomFile.read(bytes).transferSyntax().isNative()
          && DicomImage.of(DicomFile.read(bytes), DecodingLimits.DEFAULT).gray();
    } catch (Failure.Rejected refused) {
      return false;
    }
  }

  private static String storedDigest(DicomFile file) {
    DicomImage image = DicomImage.of(file, DecodingLimits.DEFAULT);
    char[] words = image.words(file.pixelData().orElseThrow());
    int size = image.bitsAllocated() / 8;
    ByteBuffer values = ByteBuffer.allocate(words.length * size).order(ByteOrder.LITTLE_ENDIAN);
    for (char word : words) {
      if (size == 1) {
        values.put((byte) image.value(word));
      } else {
        values.putShort((short) image.value(word));
      }
    }
    return Sha256.of(values.array()).hex();
  }

  private static Map<String, String> pixelDigests() {
    Map<String, String> digests = new TreeMap<>();
    byte[] table = Fixtures.read(Fixtures.dataFiles("dicom-conformance/tags\\.csv").get(0));
    new String(table, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceAll("\"[^\"]*\"", "").split(",", -1))
        .forEach(fields -> digests.put(fields[0], fields[PIXEL_DIGEST]));
    return digests;
  }
}
