package io.thorax.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.thorax.model.NetworkState;
import io.thorax.study.Failure;
import io.thorax.study.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A checkpoint as one file: an uncompressed ZIP of {@code checkpoint.json}, {@code network.state}
 * and, unless the epoch itself is the best, {@code best.state}. Checksums in it show any damage.
 */
final class CheckpointArchive {
  private static final String HEADER = "checkpoint.json";
  private static final String NETWORK = "network.state";
  private static final String BEST = "best.state";
  private static final int VERSION = 1;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Header(
      int version,
      String plan,
      long seed,
      int epoch,
      int bestEpoch,
      double bestLoss,
      List<String> bestArrays,
      List<EpochRecord> history) {}

  private CheckpointArchive() {}

  /**
   * @param scratch a directory for files that are removed again
   * @throws Failure.Poison if the file cannot be written
   */
  static void write(Checkpoint checkpoint, Path file, Path scratch) {
    Path part = scratch.resolve("writing.state");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      zip.putNextEntry(new ZipEntry(HEADER));
      zip.write(JSON.writeValueAsBytes(header(checkpoint)));
      writeState(zip, NETWORK, checkpoint.network(), part);
      if (checkpoint.best().epoch() != checkpoint.epoch()) {
        writeState(zip, BEST, checkpoint.best().weights(), part);
      }
    } catch (IOException e) {
      throw new Failure.Poison("a checkpoint cannot be written", e);
    } finally {
      deleteIfPresent(part);
    }
  }

  private static Header header(Checkpoint checkpoint) {
    return new Header(
        VERSION,
        checkpoint.plan().hex(),
        checkpoint.seed(),
        checkpoint.epoch(),
        checkpoint.best().epoch(),
        checkpoint.best().validationLoss(),
        List.copyOf(checkpoint.best().weights().arrays().keySet()),
        checkpoint.history());
  }

  private static void writeState(ZipOutputStream zip, String name, NetworkState state, Path part)
      throws IOException {
    state.writeTo(part);
    zip.putNextEntry(new ZipEntry(name));
    Files.copy(part, zip);
  }

  /**
   * @throws Failure.Poison if the file is damaged, cut off or of another version
   * @throws UncheckedIOException if the local disk cannot take what is unpacked, which says nothing
   *     of the file
   */
  static Checkpoint read(Path file, Path scratch) {
    Path part = scratch.resolve("reading.state");
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Header header = JSON.readValue(intact(zip, HEADER), Header.class);
      if (header.version() != VERSION) {
        throw new Failure.Poison("a checkpoint of version " + header.version());
      }
      NetworkState network = readState(zip, NETWORK, part);
      NetworkState best =
          header.bestEpoch() == header.epoch()
              ? only(header.bestArrays(), network)
              : readState(zip, BEST, part);
      return new Checkpoint(
          new Sha256(header.plan()),
          header.seed(),
          header.epoch(),
          network,
          new Checkpoint.Best(header.bestEpoch(), header.bestLoss(), best),
          header.history());
    } catch (IOException | IllegalArgumentException | NullPointerException e) {
      throw new Failure.Poison("a damaged checkpoint: " + e.getMessage(), e);
    } finally {
      deleteIfPresent(part);
    }
  }

  /** Some arrays of a state, shared with it. */
  static NetworkState only(Iterable<String> names, NetworkState of) {
    Map<String, NetworkState.NamedArray> arrays = new LinkedHashMap<>();
    for (String name : names) {
      arrays.put(
          name, of.find(name).orElseThrow(() -> new IllegalArgumentException("no array " + name)));
    }
    return new NetworkState(arrays);
  }

  private static NetworkState readState(ZipFile zip, String name, Path part) throws IOException {
    try (InputStream content = zip.getInputStream(entry(zip, name))) {
      unpack(content, part);
    }
    return NetworkState.readFrom(part);
  }

  /**
   * @throws IOException if the content is damaged
   */
  private static void unpack(InputStream content, Path part) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (FileChannel disk = openForWriting(part)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        write(disk, ByteBuffer.wrap(buffer, 0, read));
      }
    }
  }

  private static FileChannel openForWriting(Path part) {
    try {
      return FileChannel.open(
          part,
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary directory cannot be used", e);
    }
  }

  private static void write(FileChannel disk, ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        disk.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary directory cannot be used", e);
    }
  }

  /**
   * Unlike the states, the header has no checksum but the ZIP's, which ZipFile does not look at.
   */
  private static byte[] intact(ZipFile zip, String name) throws IOException {
    ZipEntry entry = entry(zip, name);
    try (InputStream content = zip.getInputStream(entry)) {
      byte[] bytes = content.readAllBytes();
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      if (checksum.getValue() != entry.getCrc()) {
        throw new IOException(name + " does not agree with its checksum");
      }
      return bytes;
    }
  }

  private static ZipEntry entry(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("no " + name);
    }
    return entry;
  }

  private static void deleteIfPresent(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new Failure.Poison("a temporary file cannot be deleted", e);
    }
  }
}
