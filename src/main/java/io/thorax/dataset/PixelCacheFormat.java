package io.thorax.dataset;

/**
 * The file of reduced images. Big-endian throughout.
 *
 * <pre>
 * header, 64 bytes
 *    0  8  magic "THXPIXEL"
 *    8  4  version
 *   12  4  width of every image
 *   16  4  height of every image
 *   20  4  images in the index
 *   24  8  offset of the index = end of the samples
 *   32  4  CRC-32C of the index
 *   36 28  reserved, zero
 * samples: image after image, height * width * channels bytes, row by row, channels interleaved
 * index, 49 bytes an image
 *    0  8  offset of its samples
 *    8  4  CRC-32C of its samples
 *   12  4  label
 *   16 32  SHA-256 of the original file
 *   48  1  channels in the low four bits (1 gray, 3 RGB), split in the high four (0
 *         train, 1 val, 2 test)
 * </pre>
 *
 * The header is written last, so a file that was cut off has none. Samples that the index does not
 * name (of an image that turned out to conflict with another) are skipped over.
 */
final class PixelCacheFormat {
  static final long MAGIC = 0x5448_5850_4958_454CL;
  static final int VERSION = 1;
  static final int HEADER_BYTES = 64;
  static final int ENTRY_BYTES = 49;

  private PixelCacheFormat() {}
}
