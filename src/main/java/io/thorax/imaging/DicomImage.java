package io.thorax.imaging;

import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The image pixel module of a file (PS3.3, C.7.6.3), checked, and its pixels.
 *
 * @param signed whether stored values are in two's complement
 * @param planar whether colour lies plane by plane instead of pixel by pixel
 */
record DicomImage(
    int rows,
    int columns,
    int samplesPerPixel,
    String photometric,
    int bitsAllocated,
    int bitsStored,
    int highBit,
    boolean signed,
    boolean planar) {

  /**
   * An X-ray of 8 bits a sample in MONOCHROME2 polarity, or red, green and blue.
   *
   * @throws Failure.Rejected as MULTI_FRAME, UNSUPPORTED_FORMAT, TOO_LARGE or CORRUPT
   */
  static Raster decode(DicomFile file, DecodingLimits limits) {
    DicomElement pixels =
        file.pixelData().orElseThrow(() -> Refusal.unsupported("a DICOM object without pixels"));
    if (file.decimal(DicomTags.NUMBER_OF_FRAMES).orElse(1.0) > 1) {
      throw new Failure.Rejected(RejectReason.MULTI_FRAME, "a DICOM object of several frames");
    }
    if (!file.transferSyntax().isSupported()) {
      throw DicomFile.unsupported(file.transferSyntax());
    }
    DicomImage image = of(file, limits);
    return file.transferSyntax().isJpeg()
        ? image.decodeJpeg(file, pixels, limits)
        : image.decodeNative(file, pixels);
  }

  static DicomImage of(DicomFile file, DecodingLimits limits) {
    int rows = required(file, DicomTags.ROWS);
    int columns = required(file, DicomTags.COLUMNS);
    limits.checkPixels(columns, rows);
    int bitsAllocated = required(file, DicomTags.BITS_ALLOCATED);
    int bitsStored = file.unsignedShort(DicomTags.BITS_STORED).orElse(bitsAllocated);
    return new DicomImage(
        rows,
        columns,
        file.unsignedShort(DicomTags.SAMPLES_PER_PIXEL).orElse(1),
        file.string(DicomTags.PHOTOMETRIC_INTERPRETATION).orElse(""),
        bitsAllocated,
        bitsStored,
        file.unsignedShort(DicomTags.HIGH_BIT).orElse(bitsStored - 1),
        file.unsignedShort(DicomTags.PIXEL_REPRESENTATION).orElse(0) == 1,
        file.unsignedShort(DicomTags.PLANAR_CONFIGURATION).orElse(0) == 1);
  }

  DicomImage {
    if (bitsAllocated != 8 && bitsAllocated != 16) {
      throw Refusal.unsupported("DICOM pixels of " + bitsAllocated + " bits");
    }
    if (bitsStored < 1 || highBit >= bitsAllocated || highBit < bitsStored - 1) {
      throw Refusal.corrupt(
          "DICOM pixels of " + bitsStored + " bits up to bit " + highBit + " in " + bitsAllocated);
    }
    boolean gray = samplesPerPixel == 1 && photometric.matches("MONOCHROME[12]");
    boolean colour = samplesPerPixel == 3 && photometric.matches("RGB|YBR_FULL|YBR_FULL_422");
    if (!gray && !colour) {
      String known = photometric.matches("[A-Z0-9_ ]{1,16}") ? photometric : "unknown";
      throw Refusal.unsupported(
          "DICOM photometric interpretation " + known + " of " + samplesPerPixel + " samples");
    }
  }

  boolean gray() {
    return samplesPerPixel == 1;
  }

  boolean inverted() {
    return photometric.equals("MONOCHROME1");
  }

  /** The number that a stored word stands for: its bits cut out, its sign extended. */
  int value(int word) {
    int unused = Integer.SIZE - bitsStored;
    int top = word << (Integer.SIZE - 1 - highBit);
    return signed ? top >> unused : top >>> unused;
  }

  /** The words of a gray image as they are stored, {@code rows * columns} of them. */
  char[] words(DicomElement pixels) {
    char[] words = new char[rows * columns];
    ByteBuffer data = data(pixels, (long) words.length * (bitsAllocated / 8));
    if (bitsAllocated == 16) {
      data.asCharBuffer().get(words);
      return words;
    }
    for (int i = 0; i < words.length; i++) {
      words[i] = (char) (data.get() & 0xFF);
    }
    return words;
  }

  private Raster decodeNative(DicomFile file, DicomElement pixels) {
    if (gray()) {
      return new Raster(columns, rows, 1, renderedGray(file, pixels));
    }
    if (bitsAllocated != 8 || photometric.equals("YBR_FULL_422")) {
      throw Refusal.unsupported("DICOM colour " + photometric + " of " + bitsAllocated + " bits");
    }
    byte[] samples = new byte[Math.multiplyExact(rows * columns, 3)];
    data(pixels, samples.length).get(samples);
    byte[] interleaved = planar ? interleave(samples) : samples;
    if (!photometric.equals("RGB")) {
      toRgb(interleaved);
    }
    return new Raster(columns, rows, 3, interleaved).withoutRedundantChannels();
  }

  private byte[] renderedGray(DicomFile file, DicomElement pixels) {
    if (bitsAllocated == 16) {
      return GrayRendering.render(file, this, words(pixels));
    }
    byte[] stored = new byte[rows * columns];
    data(pixels, stored.length).get(stored);
    return GrayRendering.render(file, this, stored);
  }

  private Raster decodeJpeg(DicomFile file, DicomElement pixels, DecodingLimits limits) {
    Raster stored = storedJpeg(file, pixels, limits);
    if (stored.width() != columns || stored.height() != rows) {
      throw Refusal.corrupt("a DICOM file whose JPEG has another size than its header");
    }
    if (!gray()) {
      return stored;
    }
    if (stored.channels() != 1) {
      throw Refusal.corrupt("a gray DICOM file whose JPEG is in colour");
    }
    DicomImage eightBits = new DicomImage(rows, columns, 1, photometric, 8, 8, 7, signed, false);
    byte[] gray = GrayRendering.render(file, eightBits, stored.samples());
    return new Raster(columns, rows, 1, gray);
  }

  private static Raster storedJpeg(DicomFile file, DicomElement pixels, DecodingLimits limits) {
    try {
      return PictureDecoder.storedJpeg(pixels.joined(), limits);
    } catch (Failure.Rejected refused) {
      throw refused.reason() == RejectReason.UNSUPPORTED_FORMAT
          ? DicomFile.unsupported(file.transferSyntax(), refused.getMessage())
          : refused;
    }
  }

  private ByteBuffer data(DicomElement pixels, long length) {
    if (pixels.parts().size() > 1 || pixels.length() < length) {
      throw Refusal.corrupt("DICOM pixels that end early");
    }
    ByteBuffer data = ByteBuffer.wrap(pixels.bytes(), pixels.offset(), (int) length);
    if (!pixels.bigEndian()) {
      return data.order(ByteOrder.LITTLE_ENDIAN);
    }
    return pixels.vr().equals("OW") && bitsAllocated == 8 ? swapped(pixels, length) : data;
  }

  /** Two bytes to a word of the other order, an odd last one included (PS3.5, section 8.1.1). */
  private static ByteBuffer swapped(DicomElement pixels, long length) {
    byte[] bytes = new byte[(int) length + 1 & ~1];
    int from = pixels.offset();
    System.arraycopy(pixels.bytes(), from, bytes, 0, Math.min(bytes.length, pixels.length()));
    for (int i = 0; i < bytes.length; i += 2) {
      byte first = bytes[i];
      bytes[i] = bytes[i + 1];
      bytes[i + 1] = first;
    }
    return ByteBuffer.wrap(bytes, 0, (int) length);
  }

  private static byte[] interleave(byte[] planes) {
    byte[] pixels = new byte[planes.length];
    int plane = planes.length / 3;
    for (int from = 0, to = 0; from < plane; from++, to += 3) {
      pixels[to] = planes[from];
      pixels[to + 1] = planes[from + plane];
      pixels[to + 2] = planes[from + 2 * plane];
    }
    return pixels;
  }

  /** PS3.3, C.7.6.3.1.2, solved for red, green and blue. */
  private static void toRgb(byte[] ybr) {
    for (int i = 0; i < ybr.length; i += 3) {
      double y = ybr[i] & 0xFF;
      double cb = (ybr[i + 1] & 0xFF) - 128;
      double cr = (ybr[i + 2] & 0xFF) - 128;
      ybr[i] = GrayRendering.toByte(y + 1.402 * cr);
      ybr[i + 1] = GrayRendering.toByte(y - 0.344136 * cb - 0.714136 * cr);
      ybr[i + 2] = GrayRendering.toByte(y + 1.772 * cb);
    }
  }

  private static int required(DicomFile file, int tag) {
    return file.unsignedShort(tag)
        .orElseThrow(() -> Refusal.corrupt(String.format("a DICOM image without tag %08X", tag)));
  }
}
