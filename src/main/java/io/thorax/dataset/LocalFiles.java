package io.thorax.dataset;

import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder under one of the allowed roots. Symbolic links are resolved before the check, of the
 * folder against the roots and of each file against the folder, so neither {@code ..} nor a link
 * leads out. Linked folders inside are not walked into.
 */
final class LocalFiles implements SourceFiles {
  private final Path root;
  private final int maxFiles;

  private LocalFiles(Path root, int maxFiles) {
    this.root = root;
    this.maxFiles = maxFiles;
  }

  /**
   * @throws Failure.Rejected FORBIDDEN_LOCATION if the folder lies under no allowed root, NOT_FOUND
   *     if it is under one but is not there
   */
  static LocalFiles under(List<Path> allowedRoots, Path folder, int maxFiles) {
    Path normal = folder.toAbsolutePath().normalize();
    if (allowedRoots.stream().noneMatch(allowed -> lies(normal, allowed))) {
      throw forbidden();
    }
    try {
      Path real = normal.toRealPath();
      if (allowedRoots.stream().noneMatch(allowed -> lies(real, allowed))) {
        throw forbidden();
      }
      if (!Files.isDirectory(real)) {
        throw new Failure.Rejected(RejectReason.NOT_FOUND, "the source is not a folder");
      }
      return new LocalFiles(real, maxFiles);
    } catch (IOException e) {
      throw new Failure.Rejected(RejectReason.NOT_FOUND, "the source's folder is not there", e);
    }
  }

  private static boolean lies(Path path, Path allowedRoot) {
    if (path.startsWith(allowedRoot.toAbsolutePath().normalize())) {
      return true;
    }
    try {
      return path.startsWith(allowedRoot.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public List<String> list() {
    try (Stream<Path> walk = Files.walk(root)) {
      List<String> paths =
          walk.filter(Files::isRegularFile)
              .map(file -> root.relativize(file).toString().replace('\\', '/'))
              .limit(maxFiles + 1L)
              .sorted()
              .collect(Collectors.toUnmodifiableList());
      if (paths.size() > maxFiles) {
        throw new DatasetException("sources", "more than " + maxFiles + " files in a source");
      }
      return paths;
    } catch (IOException | UncheckedIOException e) {
      throw new DatasetException("sources", "a local folder cannot be listed", e);
    }
  }

  @Override
  public byte[] read(String path, long maxBytes) {
    try (InputStream in = Files.newInputStream(locate(path), LinkOption.NOFOLLOW_LINKS)) {
      byte[] content = in.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8L));
      if (content.length > maxBytes) {
        throw new Failure.Rejected(RejectReason.TOO_LARGE, "more than " + maxBytes + " bytes");
      }
      return content;
    } catch (AccessDeniedException e) {
      throw new Failure.Rejected(RejectReason.FORBIDDEN_LOCATION, "the file may not be read", e);
    } catch (FileSystemException e) {
      throw new Failure.Rejected(RejectReason.NOT_FOUND, "the file is not there", e);
    } catch (IOException e) {
      throw new Failure.Poison("a local file cannot be read", e);
    }
  }

  private Path locate(String path) throws IOException {
    try {
      Path file = root.resolve(path).normalize();
      if (!file.startsWith(root)) {
        throw forbidden();
      }
      Path real = file.toRealPath();
      if (!real.startsWith(root)) {
        throw forbidden();
      }
      if (!Files.isRegularFile(real)) {
        throw new Failure.Rejected(RejectReason.NOT_FOUND, "not a file");
      }
      return real;
    } catch (InvalidPathException e) {
      throw new Failure.Rejected(RejectReason.FORBIDDEN_LOCATION, "not a path", e);
    }
  }

  private static Failure.Rejected forbidden() {
    return new Failure.Rejected(
        RejectReason.FORBIDDEN_LOCATION, "the path lies under no allowed root");
  }
}
