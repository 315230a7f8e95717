package io.thorax.dataset;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Writes small raw layouts into a folder: metadata as text, images that all differ by their seed.
 */
final class RawLayout {
  private static final int SIDE = 48;
  private final Path root;

  RawLayout(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  RawLayout text(String path, String... lines) {
    return bytes(path, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  RawLayout png(String path, long seed) {
    return bytes(path, encode("png", seed));
  }

  RawLayout jpeg(String path, long seed) {
    return bytes(path, encode("jpg", seed));
  }

  RawLayout bytes(String path, byte[] content) {
    Path file = root.resolve(path);
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** A Part-10 file, explicit little endian, 8 bits, as RSNA's describe their view. */
  RawLayout dicom(String path, long seed, String view) {
    byte[] pixels = samples(seed);
    ByteArrayOutputStream meta = new ByteArrayOutputStream();
    element(meta, 0x0002, 0x0010, "UI", "1.2.840.10008.1.2.1\0");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[128]);
    out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    element(out, 0x0002, 0x0000, "UL", little(4).putInt(meta.size()).array());
    out.writeBytes(meta.toByteArray());
    element(out, 0x0008, 0x0060, "CS", "CR");
    element(out, 0x0008, 0x103E, "LO", view.isEmpty() ? "" : "view: " + view);
    element(out, 0x0028, 0x0002, "US", 1);
    element(out, 0x0028, 0x0004, "CS", "MONOCHROME2 ");
    element(out, 0x0028, 0x0010, "US", SIDE);
    element(out, 0x0028, 0x0011, "US", SIDE);
    element(out, 0x0028, 0x0100, "US", 8);
    element(out, 0x0028, 0x0101, "US", 8);
    element(out, 0x0028, 0x0102, "US", 7);
    element(out, 0x0028, 0x0103, "US", 0);
    out.writeBytes(
        little(12 + pixels.length)
            .putShort((short) 0x7FE0)
            .putShort((short) 0x0010)
            .put("OB".getBytes(StandardCharsets.US_ASCII))
            .putShort((short) 0)
            .putInt(pixels.length)
            .put(pixels)
            .array());
    return bytes(path, out.toByteArray());
  }

  static byte[] encode(String format, long seed) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, SIDE, SIDE, samples(seed));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Blocks of random brightness: two seeds never look alike. */
  private static byte[] samples(long seed) {
    Random random = new Random(seed);
    byte[] blocks = new byte[64];
    random.nextBytes(blocks);
    byte[] samples = new byte[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        samples[y * SIDE + x] = (byte) ((blocks[y * 8 / SIDE * 8 + x * 8 / SIDE] & 0xFF) * 3 / 4);
      }
    }
    return samples;
  }

  private static void element(
      ByteArrayOutputStream out, int group, int element, String vr, Object value) {
    byte[] bytes =
        value instanceof byte[] raw
            ? raw
            : value instanceof Integer number
                ? little(2).putShort(number.shortValue()).array()
                : even((String) value);
    out.writeBytes(
        little(8 + bytes.length)
            .putShort((short) group)
            .putShort((short) element)
            .put(vr.getBytes(StandardCharsets.US_ASCII))
            .putShort((short) bytes.length)
            .put(bytes)
            .array());
  }

  private static byte[] even(String text) {
    return (text.length() % 2 == 0 ? text : text + " ").getBytes(StandardCharsets.US_ASCII);
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
