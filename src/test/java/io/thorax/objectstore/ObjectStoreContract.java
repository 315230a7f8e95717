package io.thorax.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every object store. */
abstract class ObjectStoreContract {
  static final String BUCKET = "contract";
  private static final long MEGABYTE = 1 << 20;

  @TempDir Path directory;

  /** The store under test, with {@link #BUCKET}, which holds nothing under the test's own keys. */
  abstract ObjectStore store();

  @Test
  void readsWhatWasPut() {
    byte[] content = random(200_000);
    ObjectAddress address = ObjectAddress.of(BUCKET, "read/image.png");
    store().put(address, content, "image/png");

    StoredObject read = store().get(address, MEGABYTE);

    assertArrayEquals(content, read.content());
    assertEquals("image/png", read.contentType());
    assertEquals(Optional.empty(), read.versionId());
    assertTrue(read.etag().matches("[0-9a-f]{32}"), read.etag());
  }

  @Test
  void replacesAnObjectOfTheSameKey() {
    ObjectAddress address = ObjectAddress.of(BUCKET, "replace/note.txt");
    store().put(address, "old and longer".getBytes(UTF_8), "text/plain");
    store().put(address, "new".getBytes(UTF_8), "text/plain");
    assertEquals("new", new String(store().get(address, MEGABYTE).content(), UTF_8));
  }

  @Test
  void keepsAnEmptyObject() {
    ObjectAddress address = ObjectAddress.of(BUCKET, "empty/nothing");
    store().put(address, new byte[0], "text/plain");
    assertEquals(0, store().get(address, 1).content().length);
    assertTrue(store().exists(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"keys/a b+c&d=e.png", "keys/Übersicht/Röntgen #1.jpg", "keys/100%25?x.dcm"})
  void takesAnyKey(String key) {
    ObjectAddress address = ObjectAddress.of(BUCKET, key);
    store().put(address, key.getBytes(UTF_8), "image/png");
    assertEquals(key, new String(store().get(address, MEGABYTE).content(), UTF_8));
    assertTrue(store().list(BUCKET, "keys/").stream().anyMatch(o -> o.key().equals(key)));
  }

  @Test
  void rejectsWhatIsNotThere() {
    assertRejected(RejectReason.NOT_FOUND, ObjectAddress.of(BUCKET, "missing"));
    assertRejected(RejectReason.NOT_FOUND, ObjectAddress.of("no-such-bucket", "missing"));
    assertFalse(store().exists(ObjectAddress.of(BUCKET, "missing")));
    assertFalse(store().exists(ObjectAddress.of("no-such-bucket", "missing")));
  }

  @Test
  void rejectsNamesThatNoStoreCanHold() {
    assertRejected(RejectReason.NOT_FOUND, ObjectAddress.of("Not A Bucket!", "missing"));
    assertRejected(RejectReason.NOT_FOUND, ObjectAddress.of(BUCKET, "../../etc/passwd"));
    assertFalse(store().exists(ObjectAddress.of("Not A Bucket!", "missing")));
  }

  @Test
  void listingAMissingBucketIsRejected() {
    Failure.Rejected rejected =
        assertThrows(Failure.Rejected.class, () -> store().list("no-such-bucket", ""));
    assertEquals(RejectReason.NOT_FOUND, rejected.reason());
  }

  @Test
  void holdsTheLimitToTheByte() {
    ObjectAddress address = ObjectAddress.of(BUCKET, "limit/thousand");
    store().put(address, random(1_000), "image/png");
    assertEquals(1_000, store().get(address, 1_000).content().length);
    Failure.Rejected rejected =
        assertThrows(Failure.Rejected.class, () -> store().get(address, 999));
    assertEquals(RejectReason.TOO_LARGE, rejected.reason());
  }

  @Test
  void listsInOrderWithSizes() {
    for (String name : List.of("b", "a", "deep/er", "c")) {
      store().put(ObjectAddress.of(BUCKET, "list/" + name), random(name.length()), "text/plain");
    }
    store().put(ObjectAddress.of(BUCKET, "lisu"), random(1), "text/plain");

    List<ObjectSummary> listed = store().list(BUCKET, "list/");

    assertEquals(
        List.of("list/a", "list/b", "list/c", "list/deep/er"),
        listed.stream().map(ObjectSummary::key).toList());
    assertEquals(List.of(1L, 1L, 1L, 7L), listed.stream().map(ObjectSummary::size).toList());
    assertEquals(store().get(ObjectAddress.of(BUCKET, "list/a"), 10).etag(), listed.get(0).etag());
    assertEquals(List.of(), store().list(BUCKET, "nothing/here"));
  }

  @Test
  void listsMoreThanOnePage() {
    for (int i = 0; i < 1_010; i++) {
      store().put(ObjectAddress.of(BUCKET, "pages/%04d".formatted(i)), new byte[1], "text/plain");
    }
    assertEquals(1_010, store().list(BUCKET, "pages/").size());
  }

  @Test
  void deletesMoreThanOnce() {
    ObjectAddress address = ObjectAddress.of(BUCKET, "delete/me");
    store().put(address, random(3), "text/plain");
    store().delete(address);
    store().delete(address);
    assertFalse(store().exists(address));
  }

  @Test
  void filesGoUpInPartsAndComeDownWhole() throws IOException {
    byte[] content = random(11 << 20);
    Path source = Files.write(directory.resolve("source"), content);
    ObjectAddress address = ObjectAddress.of(BUCKET, "files/model.bin");
    store().upload(source, address, "application/octet-stream");

    Path target = directory.resolve("new").resolve("target");
    store().download(address, target);
    store().download(address, target);

    assertArrayEquals(content, Files.readAllBytes(target));
    assertArrayEquals(content, store().get(address, 12 * MEGABYTE).content());
    try (var files = Files.list(target.getParent())) {
      assertEquals(List.of(target), files.toList());
    }
  }

  @Test
  void aFailedDownloadLeavesNoFile() throws IOException {
    Path target = directory.resolve("never");
    assertThrows(
        Failure.Rejected.class,
        () -> store().download(ObjectAddress.of(BUCKET, "missing"), target));
    try (var files = Files.list(directory)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void uploadingAMissingFileIsTheCallersError() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            store().upload(directory.resolve("none"), ObjectAddress.of(BUCKET, "x"), "text/plain"));
  }

  @Test
  void writingToAMissingBucketIsTransient() {
    ObjectAddress address = ObjectAddress.of("no-such-bucket", "x");
    assertThrows(Failure.Transient.class, () -> store().put(address, new byte[1], "text/plain"));
  }

  @Test
  void ensuresABucketMoreThanOnce() {
    store().ensureBucket("ensured");
    store().ensureBucket("ensured");
    assertEquals(List.of(), store().list("ensured", ""));
  }

  @Test
  void answersAPing() {
    store().ensureBucket("thorax");
    store().ping();
  }

  private void assertRejected(RejectReason reason, ObjectAddress address) {
    Failure.Rejected rejected =
        assertThrows(Failure.Rejected.class, () -> store().get(address, MEGABYTE));
    assertEquals(reason, rejected.reason());
  }

  static byte[] random(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return content;
  }
}
