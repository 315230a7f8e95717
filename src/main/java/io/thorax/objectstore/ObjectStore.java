package io.thorax.objectstore;

import io.thorax.study.Failure;
import java.nio.file.Path;
import java.util.List;

/**
 * Objects by bucket and key. All calls block, so none belongs on an event loop; all may be made
 * from several threads at once.
 *
 * <p>Every call may throw {@link Failure.Transient}: the store is away, overloaded, or does not
 * accept the service's credentials, which is no fault of any one object. {@link Failure.Poison}
 * stands for answers that no other kind covers. Only calls that read reject their input.
 */
public interface ObjectStore {

  /**
   * Reads an object whole. A body that was cut short, or that does not match the store's own MD5,
   * is a {@link Failure.Transient}: what is returned is what was stored.
   *
   * @param maxBytes the longest content taken into memory, held against the announced length and
   *     again while reading
   * @throws Failure.Rejected NOT_FOUND (no such bucket, key or version), TOO_LARGE, or
   *     FORBIDDEN_LOCATION (the store denies access)
   */
  StoredObject get(ObjectAddress address, long maxBytes);

  /**
   * Returns when the object is durable in the store. An object of that key is replaced.
   *
   * @param content not kept
   * @throws Failure.Transient also for a bucket that is missing or denied: where the service writes
   *     is a matter of its set-up, never of the event it works on
   */
  void put(ObjectAddress address, byte[] content, String contentType);

  /** As {@link #put}, for a file of any size, in parts. */
  void upload(Path file, ObjectAddress address, String contentType);

  /**
   * Reads an object of any size into a file, which appears whole or not at all; an existing file is
   * replaced. Its directory is created.
   *
   * @throws Failure.Rejected NOT_FOUND or FORBIDDEN_LOCATION
   * @throws Failure.Poison if the local disk cannot take it
   */
  void download(ObjectAddress address, Path file);

  /**
   * False also if the bucket does not exist.
   *
   * @throws Failure.Rejected FORBIDDEN_LOCATION
   */
  boolean exists(ObjectAddress address);

  /**
   * All objects whose key begins with the prefix, in the order of their keys.
   *
   * @throws Failure.Rejected NOT_FOUND (no such bucket) or FORBIDDEN_LOCATION
   */
  List<ObjectSummary> list(String bucket, String prefix);

  /** Returns as well if there was nothing to delete. */
  void delete(ObjectAddress address);

  /** Creates the bucket unless it exists; for the service's own buckets. */
  void ensureBucket(String bucket);

  /**
   * One small round trip, for readiness.
   *
   * @throws Failure.Transient if the store is away, or the artifacts' bucket cannot be used
   */
  void ping();
}
