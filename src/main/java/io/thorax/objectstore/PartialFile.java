package io.thorax.objectstore;

import io.thorax.study.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is being received, beside the place where it will appear whole. What fails of the
 * local disk (no space, no permission) is {@link Failure.Poison}: waiting for the store would not
 * help.
 */
final class PartialFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path part;
  private final Path target;

  private PartialFile(Path part, Path target) {
    this.part = part;
    this.target = target;
  }

  /** Creates the directory, if it is not there. */
  static PartialFile beside(Path target) {
    Path directory = target.toAbsolutePath().getParent();
    try {
      Files.createDirectories(directory);
      return new PartialFile(Files.createTempFile(directory, ".download-", ".part"), target);
    } catch (IOException e) {
      throw ofTheDisk(e);
    }
  }

  /**
   * @return bytes received
   * @throws IOException of the stream that is read, never of the disk
   */
  long write(InputStream received) throws IOException {
    OutputStream out = open();
    long bytes;
    try {
      bytes = copy(received, out);
    } finally {
      closed(out);
    }
    return bytes;
  }

  static long copy(InputStream received, OutputStream disk) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    for (int read = received.read(buffer); read >= 0; read = received.read(buffer)) {
      try {
        disk.write(buffer, 0, read);
      } catch (IOException e) {
        throw ofTheDisk(e);
      }
      bytes += read;
    }
    return bytes;
  }

  private OutputStream open() {
    try {
      return Files.newOutputStream(part);
    } catch (IOException e) {
      throw ofTheDisk(e);
    }
  }

  private static void closed(OutputStream out) {
    try {
      out.close();
    } catch (IOException e) {
      throw ofTheDisk(e);
    }
  }

  /** The target is there from now on; one that was there before is replaced. */
  void complete() {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw ofTheDisk(e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw ofTheDisk(e);
    }
  }

  static Failure ofTheDisk(IOException cause) {
    return new Failure.Poison("the local disk fails: " + cause, cause);
  }
}
