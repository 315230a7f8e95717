package io.thorax.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.List;

/**
 * Where an element's value lies.
 *
 * @param vr empty where the transfer syntax leaves it implicit
 * @param bytes of the data set, shared by all of its elements
 * @param parts one, or the fragments of encapsulated pixels
 */
record DicomElement(String vr, byte[] bytes, boolean bigEndian, List<Part> parts) {

  record Part(int offset, int length) {}

  static DicomElement of(String vr, DicomCursor cursor, int length) {
    Part whole = new Part(cursor.position(), length);
    return new DicomElement(vr, cursor.bytes(), cursor.bigEndian(), List.of(whole));
  }

  int offset() {
    return parts.get(0).offset();
  }

  int length() {
    return parts.get(0).length();
  }

  String text(Charset charset) {
    String text = new String(bytes, offset(), length(), charset);
    int end = text.indexOf('\0');
    return (end < 0 ? text : text.substring(0, end)).strip();
  }

  int unsignedShort() {
    return new DicomCursor(bytes, offset(), bigEndian).unsignedShort();
  }

  /** All parts behind one another. */
  byte[] joined() {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (Part part : parts) {
      joined.write(bytes, part.offset(), part.length());
    }
    return joined.toByteArray();
  }
}
