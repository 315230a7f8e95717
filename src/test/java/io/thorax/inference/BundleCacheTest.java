package io.thorax.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.inference.BundleCache.Bundle;
import io.thorax.model.ModelManifest;
import io.thorax.objectstore.InMemoryObjectStore;
import io.thorax.objectstore.ObjectAddress;
import io.thorax.study.Failure;
import io.thorax.study.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleCacheTest {
  private static final String BUCKET = "artifacts";
  private static final String GRAPH = "folded/graph.pb";

  @TempDir static Path exported;
  private static ModelManifest manifest;
  private static ModelManifest otherManifest;

  @TempDir Path directory;
  private final InMemoryObjectStore store = new InMemoryObjectStore(BUCKET);
  private BundleCache cache;
  private Sha256 digest;

  @BeforeAll
  static void export() {
    manifest = SmallModel.export(exported.resolve("one"), 0.5);
    otherManifest = SmallModel.export(exported.resolve("other"), 0.4);
  }

  @BeforeEach
  void open() throws IOException {
    cache = new BundleCache(store, BUCKET, directory);
    digest = manifest.digest();
    upload(exported.resolve("one"), digest);
  }

  @Test
  void aBundleIsFetchedWholeAndVerified() {
    Bundle bundle = cache.open(digest);
    assertEquals(manifest, bundle.manifest());
    assertTrue(Files.isRegularFile(bundle.path().resolve(GRAPH)));
  }

  @Test
  void aBundleOnDiskNeedsNoStore() {
    cache.open(digest);
    store.away();
    assertEquals(manifest, cache.open(digest).manifest());
  }

  @Test
  void aDamagedLocalCopyIsFetchedAgain() throws IOException {
    Path graph = cache.open(digest).path().resolve(GRAPH);
    byte[] sound = Files.readAllBytes(graph);
    Files.write(graph, new byte[sound.length]);
    assertEquals(manifest, cache.open(digest).manifest());
    assertEquals(-1, Files.mismatch(graph, exported.resolve("one").resolve(GRAPH)));
  }

  @Test
  void whatAKilledProcessLeftIsRemovedOnceItIsOld() throws IOException {
    Path abandoned = Files.createDirectories(directory.resolve(digest.hex() + ".abandoned"));
    Path underWay = Files.createDirectories(directory.resolve(digest.hex() + ".under-way"));
    Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofHours(7))));
    cache.open(digest);
    assertFalse(Files.exists(abandoned));
    assertTrue(Files.exists(underWay), "another process may be at it");
  }

  @Test
  void aLocalCopyThatLacksAFileIsFetchedAgain() throws IOException {
    Path graph = cache.open(digest).path().resolve(GRAPH);
    Files.delete(graph);
    cache.open(digest);
    assertTrue(Files.isRegularFile(graph));
  }

  @Test
  void aModelWithoutObjectsIsPoison() {
    Sha256 unknown = Sha256.ofUtf8("no such model");
    assertThrows(Failure.Poison.class, () -> cache.open(unknown));
    assertNothingIsLeft();
  }

  @Test
  void aModelThatLacksAFileIsPoison() {
    store.delete(address(GRAPH));
    assertThrows(Failure.Poison.class, () -> cache.open(digest));
    assertNothingIsLeft();
  }

  @Test
  void aModelThatTheStoreDeniesIsPoison() {
    store.deny(BUCKET);
    assertThrows(Failure.Poison.class, () -> cache.open(digest));
  }

  @Test
  void aModelUnderTheDigestOfAnotherIsPoison() throws IOException {
    Sha256 wrong = Sha256.ofUtf8("another");
    upload(exported.resolve("other"), wrong);
    Failure.Poison failure = assertThrows(Failure.Poison.class, () -> cache.open(wrong));
    assertTrue(failure.getMessage().contains(otherManifest.digest().hex()), failure::getMessage);
    assertNothingIsLeft();
  }

  @Test
  void aStoreThatIsAwayIsATransientFailure() {
    store.away();
    assertThrows(Failure.Transient.class, () -> cache.open(digest));
    store.back();
    assertEquals(manifest, cache.open(digest).manifest());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../escaped", "plain/../../escaped", "/escaped", "plain/.."})
  void aKeyThatLeavesTheFolderIsRefused(String name) {
    store.put(address(name), new byte[] {1}, "application/octet-stream");
    Failure.Poison failure = assertThrows(Failure.Poison.class, () -> cache.open(digest));
    assertTrue(failure.getMessage().contains(name), failure::getMessage);
    assertFalse(Files.exists(directory.resolve("escaped")));
    assertNothingIsLeft();
  }

  /** Consoles and synchronising tools leave objects that stand for folders. */
  @ParameterizedTest
  @ValueSource(strings = {"", "plain/", "folded/"})
  void anObjectThatStandsForAFolderIsPassedOver(String name) {
    store.put(address(name), new byte[0], "application/x-directory");
    assertEquals(manifest, cache.open(digest).manifest());
  }

  private void upload(Path bundle, Sha256 below) throws IOException {
    try (Stream<Path> files = Files.walk(bundle)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = bundle.relativize(file).toString().replace('\\', '/');
        store.upload(
            file,
            ObjectAddress.of(BUCKET, BundleCache.keyPrefix(below) + name),
            "application/octet-stream");
      }
    }
  }

  private ObjectAddress address(String name) {
    return ObjectAddress.of(BUCKET, BundleCache.keyPrefix(digest) + name);
  }

  private void assertNothingIsLeft() {
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(List.of(), left.toList());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
