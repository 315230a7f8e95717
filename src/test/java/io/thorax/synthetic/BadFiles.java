package io.thorax.synthetic;

import io.thorax.synthetic.SyntheticRadiograph.Finding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Files that a decoder has to refuse; each name says why. */
public final class BadFiles {
  private BadFiles() {}

  public static byte[] corruptPng(long seed) {
    byte[] png = PictureWriter.png(radiograph(seed));
    Arrays.fill(png, png.length / 2, png.length / 2 + 64, (byte) 0x55);
    return png;
  }

  public static byte[] truncatedJpeg(long seed) {
    byte[] jpeg = PictureWriter.jpeg(radiograph(seed), 0.9);
    return Arrays.copyOf(jpeg, jpeg.length * 2 / 3);
  }

  public static byte[] multiFrameDicom(long seed) {
    SyntheticRadiograph radiograph = radiograph(seed);
    byte[] once = radiograph.pixels();
    byte[] twice = Arrays.copyOf(once, 2 * once.length);
    System.arraycopy(once, 0, twice, once.length, once.length);
    return dicom(radiograph).text(0x00280008, "IS", "2").pixels(twice).bytes();
  }

  public static byte[] ctDicom(long seed) {
    return dicom(radiograph(seed)).text(0x00080060, "CS", "CT").bytes();
  }

  public static byte[] lateralDicom(long seed) {
    return dicom(radiograph(seed)).text(0x00185101, "CS", "LL").bytes();
  }

  /** RLE lossless. */
  public static byte[] unsupportedTransferSyntaxDicom(long seed) {
    SyntheticRadiograph radiograph = radiograph(seed);
    return SyntheticDicom.header(radiograph, "1.2.840.10008.1.2.5", 8, 8, "MONOCHROME2")
        .fragments(new byte[64], 1)
        .bytes();
  }

  public static byte[] text(long seed) {
    return ("Patient " + seed + " did not attend.\n").getBytes(StandardCharsets.UTF_8);
  }

  /** A PNG of a hundred bytes whose header claims ten thousand million pixels. */
  public static byte[] pixelBombPng(long seed) {
    ByteBuffer png = ByteBuffer.allocate(128);
    png.putLong(0x89504E470D0A1A0AL);
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(100_000).putInt(100_000).put(new byte[] {8, 0, 0, 0, 0});
    chunk(png, "IHDR", header.array());
    chunk(png, "IDAT", ByteBuffer.allocate(8).putLong(seed).array());
    chunk(png, "IEND", new byte[0]);
    return Arrays.copyOf(png.array(), png.position());
  }

  private static void chunk(ByteBuffer png, String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    png.putInt(content.length).put(name).put(content).putInt((int) crc.getValue());
  }

  private static DicomWriter dicom(SyntheticRadiograph radiograph) {
    return SyntheticDicom.eightBitWriter(radiograph, DicomWriter.EXPLICIT_LITTLE_ENDIAN);
  }

  private static SyntheticRadiograph radiograph(long seed) {
    return SyntheticRadiograph.of(Finding.NORMAL, seed, 128);
  }
}
