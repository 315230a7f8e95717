package io.thorax.workflow;

import io.thorax.objectstore.ObjectAddress;
import io.thorax.objectstore.ObjectStore;
import io.thorax.training.CheckpointFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** A trial's checkpoints in the object store: any worker can go on from them. */
final class StoredCheckpoints implements CheckpointFiles {
  /** Of everything that runs keep; the run, a slash, the trial and a slash follow. */
  static final String RUNS = "runs/";

  private static final String MEDIA_TYPE = "application/octet-stream";

  private final ObjectStore store;
  private final String bucket;
  private final String prefix;

  StoredCheckpoints(ObjectStore store, String bucket, UUID run, int trial) {
    this.store = store;
    this.bucket = bucket;
    this.prefix = RUNS + run + "/" + trial + "/";
  }

  @Override
  public List<String> names() {
    return store.list(bucket, prefix).stream()
        .map(object -> object.key().substring(prefix.length()))
        .toList();
  }

  @Override
  public void put(String name, Path file) {
    store.upload(file, address(name), MEDIA_TYPE);
  }

  @Override
  public void get(String name, Path file) {
    store.download(address(name), file);
  }

  @Override
  public void delete(String name) {
    store.delete(address(name));
  }

  private ObjectAddress address(String name) {
    return ObjectAddress.of(bucket, prefix + name);
  }
}
