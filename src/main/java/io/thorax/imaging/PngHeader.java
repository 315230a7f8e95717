package io.thorax.imaging;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * What a PNG says of itself (ISO/IEC 15948), read without decoding it. The whole chain of chunks is
 * walked and the critical ones' checksums are compared, so that a file that is cut short or damaged
 * anywhere is known before its pixels are decoded.
 */
record PngHeader(int width, int height) {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int IHDR = 0x49484452;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;

  /** Length, type and checksum. */
  private static final int CHUNK_OVERHEAD = 12;

  /** Set in the type of a chunk that a decoder may ignore. */
  private static final int ANCILLARY = 0x20000000;

  static boolean matches(byte[] bytes) {
    return bytes.length >= SIGNATURE.length
        && Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
  }

  static PngHeader read(byte[] bytes, DecodingLimits limits) {
    ByteBuffer png = ByteBuffer.wrap(bytes);
    if (bytes.length < SIGNATURE.length + CHUNK_OVERHEAD + 13
        || png.getInt(SIGNATURE.length) != 13
        || png.getInt(SIGNATURE.length + 4) != IHDR) {
      throw Refusal.corrupt("a PNG without its header");
    }
    PngHeader header = new PngHeader(png.getInt(16), png.getInt(20));
    limits.checkPixels(header.width, header.height);
    checkChunks(bytes, png);
    return header;
  }

  private static void checkChunks(byte[] bytes, ByteBuffer png) {
    boolean data = false;
    for (int at = SIGNATURE.length; ; ) {
      if (bytes.length - at < CHUNK_OVERHEAD) {
        throw Refusal.corrupt("a PNG that ends early");
      }
      int length = png.getInt(at);
      int type = png.getInt(at + 4);
      if (length < 0 || length > bytes.length - at - CHUNK_OVERHEAD) {
        throw Refusal.corrupt("a PNG that ends early");
      }
      if ((type & ANCILLARY) == 0) {
        checkSum(bytes, at + 4, length + 4, png.getInt(at + 8 + length));
      }
      data |= type == IDAT;
      at += length + CHUNK_OVERHEAD;
      if (type == IEND) {
        break;
      }
    }
    if (!data) {
      throw Refusal.corrupt("a PNG without pixels");
    }
  }

  private static void checkSum(byte[] bytes, int offset, int length, int expected) {
    CRC32 crc = new CRC32();
    crc.update(bytes, offset, length);
    if ((int) crc.getValue() != expected) {
      throw Refusal.corrupt("a PNG with a wrong checksum");
    }
  }
}
