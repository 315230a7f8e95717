package io.thorax.dataset;

import io.thorax.objectstore.ObjectStore;
import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Opens the places that a request names, if they are allowed.
 *
 * @param allowedRoots local folders below which sources may lie
 * @param allowedBuckets empty: any that the store gives access to
 * @param maxFiles in one source
 */
public record SourceAccess(
    ObjectStore store,
    List<Path> allowedRoots,
    Optional<List<String>> allowedBuckets,
    int maxFiles) {

  public SourceAccess {
    allowedRoots = List.copyOf(allowedRoots);
    allowedBuckets = allowedBuckets.map(List::copyOf);
  }

  public static SourceAccess of(DatasetConfig config, ObjectStore store) {
    return new SourceAccess(
        store,
        config.allowedRoots().orElse(List.of()),
        config.allowedBuckets(),
        config.limits().maxFiles());
  }

  /**
   * @throws Failure.Rejected FORBIDDEN_LOCATION if the place is not on the allow-list, NOT_FOUND if
   *     it is a local folder that is not there
   */
  public SourceFiles open(SourceLocation location) {
    if (location instanceof SourceLocation.LocalFolder folder) {
      return LocalFiles.under(allowedRoots, folder.path(), maxFiles);
    }
    SourceLocation.S3Prefix prefix = (SourceLocation.S3Prefix) location;
    if (allowedBuckets.isPresent() && !allowedBuckets.get().contains(prefix.bucket())) {
      throw new Failure.Rejected(
          RejectReason.FORBIDDEN_LOCATION, "bucket " + prefix.bucket() + " is not allowed");
    }
    return new StoredFiles(store, prefix, maxFiles);
  }
}
