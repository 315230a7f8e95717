package io.thorax.dataset;

import io.thorax.imaging.ReducedImage;
import io.thorax.study.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * A cache file of reduced images, mapped into memory: the pages that training reads are the
 * system's cache, not the heap's. Files of any size: they are mapped in segments of 1 GiB that
 * overlap by one image. Every image is checked against its checksum when read. Thread-safe. The
 * mapping ends when the last {@link PixelSet} of it is garbage; closing only says that the file is
 * not needed here any more.
 */
public final class PixelCache implements PixelSet, AutoCloseable {
  private static final int SEGMENT_SHIFT = 30;
  private static final int MAX_CHANNELS = 3;

  private final MappedByteBuffer[] segments;
  private final int segmentShift;
  private final ByteBuffer index;
  private final int width;
  private final int height;
  private final int size;
  private final Runnable closed;
  private final AtomicBoolean open = new AtomicBoolean(true);

  private PixelCache(
      MappedByteBuffer[] segments,
      int segmentShift,
      ByteBuffer index,
      int width,
      int height,
      Runnable closed) {
    this.segments = segments;
    this.segmentShift = segmentShift;
    this.index = index;
    this.width = width;
    this.height = height;
    this.size = index.capacity() / PixelCacheFormat.ENTRY_BYTES;
    this.closed = closed;
  }

  /**
   * @throws Failure.Poison if the file is no cache, was cut off or damaged
   */
  public static PixelCache open(Path file) {
    return open(file, () -> {});
  }

  /**
   * @param closed is run once, when the cache is closed
   */
  static PixelCache open(Path file, Runnable closed) {
    return open(file, SEGMENT_SHIFT, closed);
  }

  static PixelCache open(Path file, int segmentShift, Runnable closed) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer header = read(channel, 0, PixelCacheFormat.HEADER_BYTES);
      if (header.getLong() != PixelCacheFormat.MAGIC
          || header.getInt() != PixelCacheFormat.VERSION) {
        throw new Failure.Poison("not a pixel cache of version " + PixelCacheFormat.VERSION);
      }
      int width = header.getInt();
      int height = header.getInt();
      int size = header.getInt();
      long end = header.getLong();
      int crc = header.getInt();
      ByteBuffer index = read(channel, end, Math.multiplyExact(size, PixelCacheFormat.ENTRY_BYTES));
      if (crcOf(index.array()) != crc) {
        throw new Failure.Poison("the pixel cache's index is damaged");
      }
      int overlap = width * height * MAX_CHANNELS;
      MappedByteBuffer[] segments = map(channel, end, segmentShift, overlap);
      return new PixelCache(segments, segmentShift, index, width, height, closed);
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      throw new Failure.Poison("the pixel cache cannot be read", e);
    }
  }

  private static ByteBuffer read(FileChannel channel, long offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw new IOException("the file ends too early");
      }
    }
    return buffer.flip();
  }

  private static MappedByteBuffer[] map(
      FileChannel channel, long end, int segmentShift, int overlap) throws IOException {
    int count = (int) ((end >> segmentShift) + 1);
    MappedByteBuffer[] segments = new MappedByteBuffer[count];
    for (int i = 0; i < count; i++) {
      long start = (long) i << segmentShift;
      long length = Math.min((1L << segmentShift) + overlap, end - start);
      segments[i] = channel.map(MapMode.READ_ONLY, start, length);
    }
    return segments;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int label(int index) {
    return this.index.getInt(entry(index) + 12);
  }

  @Override
  public String id(int index) {
    byte[] digest = new byte[32];
    this.index.get(entry(index) + 16, digest);
    return HexFormat.of().formatHex(digest);
  }

  @Override
  public ReducedImage image(int index) {
    int entry = entry(index);
    long offset = this.index.getLong(entry);
    int channels = this.index.get(entry + 48) & 0x0F;
    byte[] samples = new byte[width * height * channels];
    segments[(int) (offset >> segmentShift)].get(
        (int) (offset & ((1L << segmentShift) - 1)), samples);
    if (crcOf(samples) != this.index.getInt(entry + 8)) {
      throw new Failure.Poison("image " + index + " of the pixel cache is damaged");
    }
    return new ReducedImage(width, height, channels, samples);
  }

  public Split split(int index) {
    return Split.values()[this.index.get(entry(index) + 48) >> 4 & 0x0F];
  }

  /** The images of one split alone. */
  public PixelSet split(Split split) {
    int[] members = IntStream.range(0, size).filter(i -> split(i) == split).toArray();
    return new Part(this, members);
  }

  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      closed.run();
    }
  }

  private int entry(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return index * PixelCacheFormat.ENTRY_BYTES;
  }

  private static int crcOf(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static final class Part implements PixelSet {
    private final PixelCache whole;
    private final int[] members;

    Part(PixelCache whole, int[] members) {
      this.whole = whole;
      this.members = members;
    }

    @Override
    public int size() {
      return members.length;
    }

    @Override
    public int label(int index) {
      return whole.label(members[index]);
    }

    @Override
    public ReducedImage image(int index) {
      return whole.image(members[index]);
    }

    @Override
    public String id(int index) {
      return whole.id(members[index]);
    }
  }
}
