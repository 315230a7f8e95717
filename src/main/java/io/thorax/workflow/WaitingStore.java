package io.thorax.workflow;

import io.thorax.objectstore.ObjectAddress;
import io.thorax.objectstore.ObjectStore;
import io.thorax.objectstore.ObjectSummary;
import io.thorax.objectstore.StoredObject;
import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import io.thorax.workflow.Outages.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * The object store as a long task sees it: each call waits out an outage by itself, so that a
 * moment's absence of the store costs that call and not the work of hours around it. While it waits
 * the process is not ready, and the call ends with {@link TaskStopped} if the task is to stop.
 *
 * <p>A denial of the artifacts' bucket is waited out too: how the service is let into its own
 * bucket is a matter of its set-up, no fault of what it works on.
 */
final class WaitingStore implements ObjectStore {
  private final ObjectStore store;
  private final String artifactsBucket;
  private final Outages outages;
  private final TaskControl task;

  WaitingStore(ObjectStore store, String artifactsBucket, Outages outages, TaskControl task) {
    this.store = store;
    this.artifactsBucket = artifactsBucket;
    this.outages = outages;
    this.task = task;
  }

  @Override
  public StoredObject get(ObjectAddress address, long maxBytes) {
    return waitOut(address.bucket(), () -> store.get(address, maxBytes));
  }

  @Override
  public void put(ObjectAddress address, byte[] content, String contentType) {
    waitOut(address.bucket(), () -> store.put(address, content, contentType));
  }

  @Override
  public void upload(Path file, ObjectAddress address, String contentType) {
    waitOut(address.bucket(), () -> store.upload(file, address, contentType));
  }

  @Override
  public void download(ObjectAddress address, Path file) {
    waitOut(address.bucket(), () -> store.download(address, file));
  }

  @Override
  public boolean exists(ObjectAddress address) {
    return waitOut(address.bucket(), () -> store.exists(address));
  }

  @Override
  public List<ObjectSummary> list(String bucket, String prefix) {
    return waitOut(bucket, () -> store.list(bucket, prefix));
  }

  @Override
  public void delete(ObjectAddress address) {
    waitOut(address.bucket(), () -> store.delete(address));
  }

  @Override
  public void ensureBucket(String bucket) {
    waitOut(bucket, () -> store.ensureBucket(bucket));
  }

  /** Asks once: whoever pings wants to know how the store is now. */
  @Override
  public void ping() {
    store.ping();
  }

  private void waitOut(String bucket, Runnable call) {
    waitOut(
        bucket,
        () -> {
          call.run();
          return bucket;
        });
  }

  private <T> T waitOut(String bucket, Supplier<T> call) {
    return outages.waitOutBlocking(Server.OBJECT_STORE, task, () -> letIn(bucket, call));
  }

  private <T> T letIn(String bucket, Supplier<T> call) {
    try {
      return call.get();
    } catch (Failure.Rejected denied) {
      if (denied.reason() == RejectReason.FORBIDDEN_LOCATION && bucket.equals(artifactsBucket)) {
        throw new Failure.Transient("the artifacts' bucket cannot be used", denied);
      }
      throw denied;
    }
  }
}
