package io.thorax.dataset;

import io.thorax.objectstore.ObjectAddress;
import io.thorax.objectstore.ObjectStore;
import io.thorax.objectstore.ObjectSummary;
import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import java.util.Arrays;
import java.util.List;

/** The objects of a bucket whose keys start with a prefix. */
final class StoredFiles implements SourceFiles {
  private final ObjectStore store;
  private final SourceLocation.S3Prefix place;
  private final int maxFiles;

  StoredFiles(ObjectStore store, SourceLocation.S3Prefix place, int maxFiles) {
    this.store = store;
    this.place = place;
    this.maxFiles = maxFiles;
  }

  @Override
  public List<String> list() {
    List<String> paths =
        store.list(place.bucket(), place.prefix()).stream()
            .map(ObjectSummary::key)
            .map(key -> key.substring(place.prefix().length()))
            .filter(path -> !path.isEmpty() && !path.endsWith("/"))
            .sorted()
            .toList();
    if (paths.size() > maxFiles) {
      throw new DatasetException("sources", "more than " + maxFiles + " files in a source");
    }
    return paths;
  }

  @Override
  public byte[] read(String path, long maxBytes) {
    if (path.startsWith("/") || Arrays.asList(path.split("/")).contains("..")) {
      throw new Failure.Rejected(
          RejectReason.FORBIDDEN_LOCATION, "the path leads out of the source");
    }
    return store.get(ObjectAddress.of(place.bucket(), place.prefix() + path), maxBytes).content();
  }
}
