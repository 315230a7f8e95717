package io.thorax.dataset;

import io.thorax.imaging.ReducedImage;
import io.thorax.study.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Streams reduced images to a cache file; memory holds 24 bytes for each. Labels and splits are
 * known only when all images are read, so they come with the index at the end. Not thread-safe.
 */
final class PixelCacheWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  /** Where an image lies in the file. */
  private record Place(long offset, int crc, int channels) {}

  /** What the index says of an image: its position in the order of {@link #add}. */
  record IndexEntry(int position, int label, Split split, Sha256 id) {}

  private final FileChannel channel;
  private final OutputStream out;
  private final List<Place> places = new ArrayList<>();
  private final int width;
  private final int height;
  private long end = PixelCacheFormat.HEADER_BYTES;

  PixelCacheWriter(Path file, int width, int height) {
    this.width = width;
    this.height = height;
    try {
      channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
      out.write(new byte[PixelCacheFormat.HEADER_BYTES]);
    } catch (IOException e) {
      throw new UncheckedIOException("the pixel cache cannot be written", e);
    }
  }

  /** Appends an image, a gray one in colour as one channel, and says its position. */
  int add(ReducedImage image) {
    if (image.width() != width || image.height() != height) {
      throw new IllegalArgumentException("an image of another size than the cache's");
    }
    byte[] samples = isGray(image) ? firstChannel(image) : image.samples();
    CRC32C crc = new CRC32C();
    crc.update(samples);
    try {
      out.write(samples);
    } catch (IOException e) {
      throw new UncheckedIOException("the pixel cache cannot be written", e);
    }
    places.add(new Place(end, (int) crc.getValue(), samples.length / (width * height)));
    end += samples.length;
    return places.size() - 1;
  }

  /** Writes index and header; the order of the entries is the order of reading. */
  void finish(List<IndexEntry> entries) {
    ByteBuffer index =
        ByteBuffer.allocate(Math.multiplyExact(PixelCacheFormat.ENTRY_BYTES, entries.size()));
    for (IndexEntry entry : entries) {
      Place place = places.get(entry.position());
      index.putLong(place.offset()).putInt(place.crc()).putInt(entry.label());
      index.put(HexFormat.of().parseHex(entry.id().hex()));
      index.put((byte) (place.channels() | entry.split().ordinal() << 4));
    }
    CRC32C crc = new CRC32C();
    crc.update(index.array());
    ByteBuffer header = ByteBuffer.allocate(PixelCacheFormat.HEADER_BYTES);
    header.putLong(PixelCacheFormat.MAGIC).putInt(PixelCacheFormat.VERSION);
    header.putInt(width).putInt(height).putInt(entries.size());
    header.putLong(end).putInt((int) crc.getValue()).position(0);
    try {
      out.write(index.array());
      out.flush();
      channel.force(false);
      while (header.hasRemaining()) {
        channel.write(header, header.position());
      }
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException("the pixel cache cannot be written", e);
    }
  }

  private static boolean isGray(ReducedImage image) {
    byte[] samples = image.samples();
    for (int i = 0; image.channels() == 3 && i < samples.length; i += 3) {
      if (samples[i] != samples[i + 1] || samples[i] != samples[i + 2]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] firstChannel(ReducedImage image) {
    if (image.channels() == 1) {
      return image.samples();
    }
    byte[] gray = new byte[image.width() * image.height()];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = image.samples()[i * image.channels()];
    }
    return gray;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the pixel cache cannot be closed", e);
    }
  }
}
