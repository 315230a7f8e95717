package io.thorax.model;

import io.thorax.model.NetworkState.NamedArray;
import io.thorax.study.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The file of a {@link NetworkState}, little-endian:
 *
 * <pre>
 *   8 bytes  "THORAXS1"
 *   int      number of arrays; then for each
 *     int      bytes of its name, then the name in UTF-8
 *     int      rank, then as many ints: its shape
 *     float    its values
 *   long     CRC32C (RFC 3720) of all before
 * </pre>
 */
final class NetworkStateFile implements AutoCloseable {
  private static final byte[] MAGIC = "THORAXS1".getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int MAX_NAME_BYTES = 1024;
  private static final int MAX_RANK = 8;

  private final FileChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C checksum = new CRC32C();

  private NetworkStateFile(FileChannel channel) {
    this.channel = channel;
  }

  static void write(NetworkState state, Path file) {
    Path temporary = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (NetworkStateFile output =
          new NetworkStateFile(
              FileChannel.open(
                  temporary,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE))) {
        output.put(state);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Failure.Poison("the network's state cannot be written", e);
    }
  }

  static NetworkState read(Path file) {
    try (NetworkStateFile input =
        new NetworkStateFile(FileChannel.open(file, StandardOpenOption.READ))) {
      input.buffer.limit(0);
      return input.take();
    } catch (EOFException e) {
      throw new Failure.Poison("the network's state is cut off", e);
    } catch (IOException e) {
      throw new Failure.Poison("the network's state cannot be read", e);
    }
  }

  private void put(NetworkState state) throws IOException {
    buffer.put(MAGIC);
    buffer.putInt(state.arrays().size());
    for (Map.Entry<String, NamedArray> entry : state.arrays().entrySet()) {
      putHeader(entry.getKey(), entry.getValue().shape());
      putFloats(entry.getValue().values());
    }
    flush();
    buffer.putLong(checksum.getValue());
    flush();
    channel.force(true);
  }

  private void putHeader(String name, List<Integer> shape) throws IOException {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    if (text.length > MAX_NAME_BYTES || shape.size() > MAX_RANK) {
      throw new IllegalArgumentException("not an array's name and shape: " + name + " " + shape);
    }
    if (buffer.remaining() < 2 * Integer.BYTES + text.length + shape.size() * Integer.BYTES) {
      flush();
    }
    buffer.putInt(text.length).put(text).putInt(shape.size());
    shape.forEach(buffer::putInt);
  }

  private void putFloats(float[] values) throws IOException {
    for (int from = 0; from < values.length; ) {
      if (buffer.remaining() < Float.BYTES) {
        flush();
      }
      int count = Math.min(buffer.remaining() / Float.BYTES, values.length - from);
      buffer.asFloatBuffer().put(values, from, count);
      buffer.position(buffer.position() + count * Float.BYTES);
      from += count;
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    checksum.update(buffer.duplicate());
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  private NetworkState take() throws IOException {
    byte[] magic = takeBytes(MAGIC.length);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new Failure.Poison("not the file of a network's state");
    }
    int count = takeInt(0, Integer.MAX_VALUE);
    Map<String, NamedArray> arrays = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = new String(takeBytes(takeInt(0, MAX_NAME_BYTES)), StandardCharsets.UTF_8);
      List<Integer> shape = takeShape();
      arrays.put(name, new NamedArray(shape, takeFloats(shape)));
    }
    long expected = checksum.getValue();
    need(Long.BYTES);
    if (buffer.getLong() != expected) {
      throw new Failure.Poison("the network's state does not agree with its checksum");
    }
    return new NetworkState(arrays);
  }

  private List<Integer> takeShape() throws IOException {
    int rank = takeInt(0, MAX_RANK);
    List<Integer> shape = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      shape.add(takeInt(0, Integer.MAX_VALUE));
    }
    return shape;
  }

  private float[] takeFloats(List<Integer> shape) throws IOException {
    long size = 1;
    for (int dimension : shape) {
      size = Math.min(size * dimension, Integer.MAX_VALUE);
    }
    if (size * Float.BYTES > channel.size()) {
      throw new EOFException("an array longer than the file");
    }
    float[] values = new float[(int) size];
    for (int from = 0; from < values.length; ) {
      need(Float.BYTES);
      int count = Math.min(buffer.remaining() / Float.BYTES, values.length - from);
      ByteBuffer slice = buffer.slice(buffer.position(), count * Float.BYTES);
      checksum.update(slice.duplicate());
      slice.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values, from, count);
      buffer.position(buffer.position() + count * Float.BYTES);
      from += count;
    }
    return values;
  }

  private int takeInt(int least, int most) throws IOException {
    byte[] bytes = takeBytes(Integer.BYTES);
    int value = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (value < least || value > most) {
      throw new Failure.Poison("the network's state is altered");
    }
    return value;
  }

  private byte[] takeBytes(int count) throws IOException {
    need(count);
    byte[] bytes = new byte[count];
    buffer.get(bytes);
    checksum.update(bytes);
    return bytes;
  }

  private void need(int bytes) throws IOException {
    if (buffer.remaining() >= bytes) {
      return;
    }
    buffer.compact();
    while (buffer.position() < bytes) {
      if (channel.read(buffer) < 0) {
        throw new EOFException();
      }
    }
    buffer.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
