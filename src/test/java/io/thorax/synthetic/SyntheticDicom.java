package io.thorax.synthetic;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A drawn radiograph as a DICOM file, in the ways that it may be stored. */
public final class SyntheticDicom {
  private static final int STORED_BITS = 12;

  private SyntheticDicom() {}

  public static String studyUid(SyntheticRadiograph radiograph) {
    return uid("study " + radiograph.seed());
  }

  public static String sopUid(SyntheticRadiograph radiograph) {
    return uid("image " + radiograph.seed() + " " + radiograph.finding());
  }

  /** 8 bits, uncompressed, MONOCHROME2. */
  public static byte[] eightBit(SyntheticRadiograph radiograph) {
    return eightBitWriter(radiograph, DicomWriter.EXPLICIT_LITTLE_ENDIAN).bytes();
  }

  public static DicomWriter eightBitWriter(SyntheticRadiograph radiograph, String syntax) {
    return header(radiograph, syntax, 8, 8, "MONOCHROME2").pixels(radiograph.pixels());
  }

  /** 12 of 16 bits with a window over all of them, uncompressed, MONOCHROME2. */
  public static byte[] sixteenBit(SyntheticRadiograph radiograph) {
    return sixteenBitWriter(radiograph, DicomWriter.EXPLICIT_LITTLE_ENDIAN, false).bytes();
  }

  /** As {@link #sixteenBit}, but white is air: MONOCHROME1. */
  public static byte[] sixteenBitInverted(SyntheticRadiograph radiograph) {
    return sixteenBitWriter(radiograph, DicomWriter.IMPLICIT_LITTLE_ENDIAN, true).bytes();
  }

  public static DicomWriter sixteenBitWriter(
      SyntheticRadiograph radiograph, String syntax, boolean inverted) {
    char[] words = new char[radiograph.pixels().length];
    for (int i = 0; i < words.length; i++) {
      int gray = radiograph.pixels()[i] & 0xFF;
      int shown = inverted ? 255 - gray : gray;
      words[i] = (char) (shown << 4 | shown >> 4);
    }
    String photometric = inverted ? "MONOCHROME1" : "MONOCHROME2";
    return header(radiograph, syntax, 16, STORED_BITS, photometric)
        .text(0x00281050, "DS", "2048")
        .text(0x00281051, "DS", "4096")
        .pixels(words);
  }

  /** JPEG baseline in two fragments, as RSNA's challenge encoded its images. */
  public static byte[] jpeg(SyntheticRadiograph radiograph, double quality) {
    return header(radiograph, DicomWriter.JPEG_BASELINE, 8, 8, "MONOCHROME2")
        .fragments(PictureWriter.jpeg(radiograph, quality), 2)
        .bytes();
  }

  /** All but the pixels; CR, PA. */
  public static DicomWriter header(
      SyntheticRadiograph radiograph,
      String syntax,
      int allocated,
      int stored,
      String photometric) {
    return new DicomWriter(syntax)
        .text(0x00080005, "CS", "ISO_IR 100")
        .text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.1")
        .text(0x00080018, "UI", sopUid(radiograph))
        .text(0x00080060, "CS", "CR")
        .text(0x00100010, "PN", "SYNTHETIC^NOBODY")
        .text(0x00100020, "LO", "SYN-" + radiograph.seed())
        .text(0x00100040, "CS", radiograph.seed() % 2 == 0 ? "F" : "M")
        .text(0x00185101, "CS", "PA")
        .text(0x0020000D, "UI", studyUid(radiograph))
        .number(0x00280002, 1)
        .text(0x00280004, "CS", photometric)
        .number(0x00280010, radiograph.side())
        .number(0x00280011, radiograph.side())
        .number(0x00280100, allocated)
        .number(0x00280101, stored)
        .number(0x00280102, stored - 1)
        .number(0x00280103, 0);
  }

  /** PS3.5, annex B.2: a UUID as a decimal number. */
  private static String uid(String name) {
    UUID uuid = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    return "2.25." + new BigInteger(1, bytes.array());
  }
}
