package io.thorax.objectstore;

import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * An object store for tests, with the behaviour of {@link ObjectStoreContract}. It can be taken
 * {@link #away()} and a bucket can be {@link #deny denied}.
 */
public final class InMemoryObjectStore implements ObjectStore {
  private final Map<String, ConcurrentSkipListMap<String, StoredObject>> buckets =
      new ConcurrentHashMap<>();
  private final Set<String> denied = ConcurrentHashMap.newKeySet();
  private volatile boolean away;

  /** With these buckets, empty. */
  public InMemoryObjectStore(String... buckets) {
    for (String bucket : buckets) {
      this.buckets.put(bucket, new ConcurrentSkipListMap<>());
    }
  }

  /** From now on every call is a {@link Failure.Transient}. */
  public void away() {
    away = true;
  }

  /** As before it went away. */
  public void back() {
    away = false;
  }

  /** From now on the store denies access to the bucket. */
  public void deny(String bucket) {
    denied.add(bucket);
  }

  @Override
  public StoredObject get(ObjectAddress address, long maxBytes) {
    if (maxBytes < 1 || maxBytes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("maxBytes: from 1 to 2 GiB, not " + maxBytes);
    }
    StoredObject object = find(address).orElseThrow(InMemoryObjectStore::notFound);
    if (object.content().length > maxBytes) {
      throw new Failure.Rejected(
          RejectReason.TOO_LARGE,
          object.content().length + " bytes, where " + maxBytes + " are allowed");
    }
    return new StoredObject(
        object.content().clone(), object.etag(), object.versionId(), object.contentType());
  }

  private Optional<StoredObject> find(ObjectAddress address) {
    return Optional.ofNullable(readable(address.bucket()).get(address.key()))
        .filter(
            object ->
                address.versionId().isEmpty() || address.versionId().equals(object.versionId()));
  }

  private ConcurrentSkipListMap<String, StoredObject> readable(String bucket) {
    requireThere();
    if (denied.contains(bucket)) {
      throw new Failure.Rejected(RejectReason.FORBIDDEN_LOCATION, "the object store denies it");
    }
    return Optional.ofNullable(buckets.get(bucket)).orElseThrow(InMemoryObjectStore::notFound);
  }

  private ConcurrentSkipListMap<String, StoredObject> writable(String bucket) {
    requireThere();
    if (denied.contains(bucket) || !buckets.containsKey(bucket)) {
      throw new Failure.Transient("the bucket " + bucket + " cannot be written to", null);
    }
    return buckets.get(bucket);
  }

  private void requireThere() {
    if (away) {
      throw new Failure.Transient("the object store is away", null);
    }
  }

  private static Failure notFound() {
    return new Failure.Rejected(RejectReason.NOT_FOUND, "no such bucket, key or version");
  }

  @Override
  public void put(ObjectAddress address, byte[] content, String contentType) {
    String etag = HexFormat.of().formatHex(ContentCheck.newMd5().digest(content));
    writable(address.bucket())
        .put(address.key(), new StoredObject(content.clone(), etag, Optional.empty(), contentType));
  }

  @Override
  public void upload(Path file, ObjectAddress address, String contentType) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("no such file: " + file);
    }
    try {
      put(address, Files.readAllBytes(file), contentType);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void download(ObjectAddress address, Path file) {
    StoredObject object = find(address).orElseThrow(InMemoryObjectStore::notFound);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, object.content());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean exists(ObjectAddress address) {
    try {
      return find(address).isPresent();
    } catch (Failure.Rejected rejected) {
      if (rejected.reason() == RejectReason.NOT_FOUND) {
        return false;
      }
      throw rejected;
    }
  }

  @Override
  public List<ObjectSummary> list(String bucket, String prefix) {
    return readable(bucket).tailMap(prefix).entrySet().stream()
        .takeWhile(entry -> entry.getKey().startsWith(prefix))
        .map(
            entry ->
                new ObjectSummary(
                    entry.getKey(), entry.getValue().content().length, entry.getValue().etag()))
        .toList();
  }

  @Override
  public void delete(ObjectAddress address) {
    writable(address.bucket()).remove(address.key());
  }

  @Override
  public void ensureBucket(String bucket) {
    requireThere();
    buckets.putIfAbsent(bucket, new ConcurrentSkipListMap<>());
  }

  @Override
  public void ping() {
    requireThere();
  }
}
