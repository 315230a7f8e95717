package io.thorax.inference;

import io.thorax.model.ModelBundle;
import io.thorax.model.ModelManifest;
import io.thorax.objectstore.ObjectAddress;
import io.thorax.objectstore.ObjectStore;
import io.thorax.objectstore.ObjectSummary;
import io.thorax.study.Failure;
import io.thorax.study.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Bundles on the local disk, a folder a digest, filled from the object store and verified against
 * their digests whenever they are opened. Several processes may share the folder.
 */
public final class BundleCache {
  private static final Logger LOG = Logger.getLogger(BundleCache.class);
  private static final Duration ABANDONED_AFTER = Duration.ofHours(6);

  /** Consoles and synchronising tools leave empty objects that stand for folders. */
  private static final String FOLDER_MARK = "/";

  private final ObjectStore store;
  private final String bucket;
  private final Path directory;

  BundleCache(ObjectStore store, String bucket, Path directory) {
    this.store = store;
    this.bucket = bucket;
    this.directory = directory;
  }

  /** Below which the files of a model lie in the artifacts bucket. */
  public static String keyPrefix(Sha256 digest) {
    return "models/" + digest + "/";
  }

  /** A bundle that was verified. */
  record Bundle(Path path, ModelManifest manifest) {}

  /**
   * @throws Failure.Transient if the store is away
   * @throws Failure.Poison if the store's copy is incomplete or not what its digest says
   */
  Bundle open(Sha256 digest) {
    Path home = directory.resolve(digest.hex());
    if (Files.isDirectory(home)) {
      try {
        return verified(home, digest);
      } catch (Failure.Poison damaged) {
        LOG.warnf("the local copy of model %s is damaged: %s", digest, damaged.getMessage());
        delete(home);
      }
    }
    removeAbandoned(digest);
    Path fresh = directory.resolve(digest.hex() + "." + UUID.randomUUID());
    try {
      downloadWhole(digest, fresh);
      verified(fresh, digest);
      moveInto(fresh, home);
    } finally {
      delete(fresh);
    }
    return verified(home, digest);
  }

  /** What a process that was killed in the midst of a download has left. */
  private void removeAbandoned(Sha256 digest) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    Instant longAgo = Instant.now().minus(ABANDONED_AFTER);
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(directory, digest.hex() + ".*")) {
      for (Path part : parts) {
        if (Files.getLastModifiedTime(part).toInstant().isBefore(longAgo)) {
          delete(part);
        }
      }
    } catch (IOException e) {
      LOG.warnf("old downloads of model %s were not removed: %s", digest, e.getMessage());
    }
  }

  private static Bundle verified(Path home, Sha256 digest) {
    ModelManifest manifest = ModelBundle.verify(home);
    if (!manifest.digest().equals(digest)) {
      throw new Failure.Poison("bundle " + digest + " holds model " + manifest.digest());
    }
    return new Bundle(home, manifest);
  }

  /** What is missing or denied is the model's fault, never that of the image to be read. */
  private void downloadWhole(Sha256 digest, Path target) {
    try {
      download(digest, target);
    } catch (Failure.Rejected e) {
      throw new Failure.Poison("model " + digest + ": " + e.getMessage(), e);
    }
  }

  private void download(Sha256 digest, Path target) {
    String prefix = keyPrefix(digest);
    List<ObjectSummary> objects = store.list(bucket, prefix);
    if (objects.isEmpty()) {
      throw new Failure.Poison("model " + digest + " has no objects below " + prefix);
    }
    for (ObjectSummary object : objects) {
      if (!object.key().endsWith(FOLDER_MARK)) {
        Path file = inside(target, object.key().substring(prefix.length()));
        store.download(ObjectAddress.of(bucket, object.key()), file);
      }
    }
  }

  private static Path inside(Path target, String name) {
    Path file = target.resolve(name).normalize();
    if (!file.startsWith(target) || file.equals(target)) {
      throw new Failure.Poison("an object's key leaves the bundle: " + name);
    }
    return file;
  }

  private static void moveInto(Path fresh, Path home) {
    try {
      Files.move(fresh, home);
    } catch (IOException e) {
      if (!Files.isDirectory(home)) { // else another process was first
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void delete(Path root) {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
