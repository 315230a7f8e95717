package io.thorax.imaging;

import java.nio.charset.StandardCharsets;

/** A place in a data set; nothing is read beyond its end, and no length is believed. */
final class DicomCursor {
  private final byte[] bytes;
  private final boolean bigEndian;
  private int position;

  DicomCursor(byte[] bytes, int position, boolean bigEndian) {
    this.bytes = bytes;
    this.position = position;
    this.bigEndian = bigEndian;
  }

  byte[] bytes() {
    return bytes;
  }

  boolean bigEndian() {
    return bigEndian;
  }

  int position() {
    return position;
  }

  int remaining() {
    return bytes.length - position;
  }

  /** The same place, read with another byte order; advances on its own. */
  DicomCursor fork(boolean otherBigEndian) {
    return new DicomCursor(bytes, position, otherBigEndian);
  }

  void moveTo(DicomCursor fork) {
    position = fork.position;
  }

  int unsignedShort() {
    require(2);
    int first = bytes[position++] & 0xFF;
    int second = bytes[position++] & 0xFF;
    return bigEndian ? first << 8 | second : second << 8 | first;
  }

  long unsignedInt() {
    long first = unsignedShort();
    long second = unsignedShort();
    return bigEndian ? first << 16 | second : second << 16 | first;
  }

  int tag() {
    int group = unsignedShort();
    return group << 16 | unsignedShort();
  }

  String vr() {
    require(2);
    position += 2;
    return new String(bytes, position - 2, 2, StandardCharsets.ISO_8859_1);
  }

  void skip(long length) {
    require(length);
    position += (int) length;
  }

  private void require(long length) {
    if (length > remaining()) {
      throw Refusal.corrupt("a DICOM file that ends early");
    }
  }
}
