package io.thorax.stack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the build leaves in {@code target/stack} for the servers: the S3 server's jar and the test
 * class path. The class path of the running JVM is no help, because Surefire hides it in a
 * manifest.
 */
final class StackFiles {
  private StackFiles() {}

  /** The module's directory: Surefire names it, else it is the working directory. */
  static Path baseDirectory() {
    return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  }

  static Path target() {
    return baseDirectory().resolve("target");
  }

  static Path s3Jar() {
    return required(target().resolve("stack").resolve("s3proxy.jar"));
  }

  static List<Path> testClassPath() {
    Path file = required(target().resolve("stack").resolve("test.classpath"));
    try {
      return Stream.of(Files.readString(file).strip().split(File.pathSeparator, -1))
          .map(Path::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void deleteTree(Path root) {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot empty " + root, e);
    }
  }

  private static Path required(Path file) {
    if (!Files.exists(file)) {
      throw new IllegalStateException(
          file + " is missing: build it with ./mvnw test-compile, or set -Dbasedir to the module");
    }
    return file;
  }
}
