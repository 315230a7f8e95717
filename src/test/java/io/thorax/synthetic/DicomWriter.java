package io.thorax.synthetic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** A Part-10 file, element by element; later values of a tag replace earlier ones. */
public final class DicomWriter {
  public static final String IMPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2";
  public static final String EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";
  public static final String DEFLATED = "1.2.840.10008.1.2.1.99";
  public static final String EXPLICIT_BIG_ENDIAN = "1.2.840.10008.1.2.2";
  public static final String JPEG_BASELINE = "1.2.840.10008.1.2.4.50";

  private static final Set<String> LONG_FORM = Set.of("OB", "OW", "SQ", "UN", "UT");
  private static final int PIXEL_DATA = 0x7FE00010;
  private static final int UNDEFINED = 0xFFFFFFFF;

  private record Value(String vr, byte[] bytes, boolean undefinedLength) {}

  private final String transferSyntax;
  private final ByteOrder order;
  private final Map<Integer, Value> elements = new TreeMap<>(Integer::compareUnsigned);

  public DicomWriter(String transferSyntax) {
    this.transferSyntax = transferSyntax;
    this.order =
        transferSyntax.equals(EXPLICIT_BIG_ENDIAN) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  public DicomWriter text(int tag, String vr, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] even = Arrays.copyOf(bytes, bytes.length + (bytes.length & 1));
    if (even.length > bytes.length) {
      even[bytes.length] = (byte) (vr.equals("UI") ? 0 : ' ');
    }
    return raw(tag, vr, even);
  }

  public DicomWriter number(int tag, int value) {
    return raw(tag, "US", ByteBuffer.allocate(2).order(order).putShort((short) value).array());
  }

  public DicomWriter raw(int tag, String vr, byte[] bytes) {
    elements.put(tag, new Value(vr, bytes, false));
    return this;
  }

  /** Bytes of undefined length, which bring their own delimiter: sequences, fragments. */
  public DicomWriter undefinedLength(int tag, String vr, byte[] bytes) {
    elements.put(tag, new Value(vr, bytes, true));
    return this;
  }

  public DicomWriter without(int tag) {
    elements.remove(tag);
    return this;
  }

  /** 16-bit words in the file's byte order. */
  public DicomWriter pixels(char[] words) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * words.length).order(order);
    bytes.asCharBuffer().put(words);
    return raw(PIXEL_DATA, "OW", bytes.array());
  }

  public DicomWriter pixels(byte[] samples) {
    return raw(PIXEL_DATA, "OB", Arrays.copyOf(samples, samples.length + (samples.length & 1)));
  }

  /** Encapsulated: an empty offset table and the stream cut into fragments. */
  public DicomWriter fragments(byte[] stream, int count) {
    ByteArrayOutputStream items = new ByteArrayOutputStream();
    item(items, new byte[0]);
    int length = (stream.length / count + 1) & ~1;
    for (int from = 0; from < stream.length; from += length) {
      byte[] fragment = Arrays.copyOfRange(stream, from, Math.min(from + length, stream.length));
      item(items, Arrays.copyOf(fragment, fragment.length + (fragment.length & 1)));
    }
    tag(items, 0xFFFEE0DD);
    items.writeBytes(new byte[4]);
    return undefinedLength(PIXEL_DATA, "OB", items.toByteArray());
  }

  public byte[] bytes() {
    ByteArrayOutputStream dataSet = new ByteArrayOutputStream();
    boolean implicit = transferSyntax.equals(IMPLICIT_LITTLE_ENDIAN);
    elements.forEach((tag, value) -> element(dataSet, tag, value, implicit, order));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[128]);
    file.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(metaInformation());
    file.writeBytes(
        transferSyntax.equals(DEFLATED) ? deflated(dataSet.toByteArray()) : dataSet.toByteArray());
    return file.toByteArray();
  }

  private byte[] metaInformation() {
    DicomWriter group = new DicomWriter(EXPLICIT_LITTLE_ENDIAN);
    group.raw(0x00020001, "OB", new byte[] {0, 1});
    group.text(0x00020010, "UI", transferSyntax);
    ByteArrayOutputStream elements = new ByteArrayOutputStream();
    group.elements.forEach(
        (tag, value) -> element(elements, tag, value, false, ByteOrder.LITTLE_ENDIAN));
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    byte[] size = length.putInt(elements.size()).array();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    element(all, 0x00020000, new Value("UL", size, false), false, ByteOrder.LITTLE_ENDIAN);
    all.writeBytes(elements.toByteArray());
    return all.toByteArray();
  }

  private static void element(
      ByteArrayOutputStream out, int tag, Value value, boolean implicit, ByteOrder order) {
    ByteBuffer header = ByteBuffer.allocate(12).order(order);
    header.putShort((short) (tag >>> 16)).putShort((short) tag);
    int length = value.undefinedLength ? UNDEFINED : value.bytes.length;
    if (implicit) {
      header.putInt(length);
    } else {
      header.put(value.vr.getBytes(StandardCharsets.US_ASCII));
      if (LONG_FORM.contains(value.vr)) {
        header.putShort((short) 0).putInt(length);
      } else {
        header.putShort((short) length);
      }
    }
    out.write(header.array(), 0, header.position());
    out.writeBytes(value.bytes);
  }

  private void item(ByteArrayOutputStream out, byte[] content) {
    tag(out, 0xFFFEE000);
    out.writeBytes(ByteBuffer.allocate(4).order(order).putInt(content.length).array());
    out.writeBytes(content);
  }

  private void tag(ByteArrayOutputStream out, int tag) {
    ByteBuffer bytes = ByteBuffer.allocate(4).order(order);
    out.writeBytes(bytes.putShort((short) (tag >>> 16)).putShort((short) tag).array());
  }

  private static byte[] deflated(byte[] dataSet) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater raw = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, raw)) {
      deflater.write(dataSet);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      raw.end();
    }
    return out.toByteArray();
  }
}
