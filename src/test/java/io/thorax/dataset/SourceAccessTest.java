package io.thorax.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thorax.objectstore.InMemoryObjectStore;
import io.thorax.objectstore.ObjectAddress;
import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SourceAccessTest {
  private final InMemoryObjectStore store = new InMemoryObjectStore();

  @BeforeEach
  void objects() {
    store.ensureBucket("lake");
    store.put(ObjectAddress.of("lake", "mila/metadata.csv"), new byte[] {1}, "text/csv");
    store.put(ObjectAddress.of("lake", "mila/images/a.png"), new byte[] {2, 3}, "image/png");
    store.put(ObjectAddress.of("lake", "mila2/secret"), new byte[] {4}, "text/plain");
  }

  @Test
  void aPrefixListsAndReadsWhatIsBelowItAlone() {
    SourceFiles files = access(Optional.of(List.of("lake"))).open(at("s3://lake/mila"));
    assertEquals(List.of("images/a.png", "metadata.csv"), files.list());
    assertArrayEquals(new byte[] {2, 3}, files.read("images/a.png", 10));
    assertReason(RejectReason.TOO_LARGE, () -> files.read("images/a.png", 1));
    assertReason(RejectReason.NOT_FOUND, () -> files.read("images/b.png", 1));
    assertReason(RejectReason.FORBIDDEN_LOCATION, () -> files.read("../mila2/secret", 10));
  }

  @Test
  void aBucketThatIsNotAllowedIsNotOpened() {
    assertReason(
        RejectReason.FORBIDDEN_LOCATION,
        () -> access(Optional.of(List.of("other"))).open(at("s3://lake/mila")));
    assertEquals(2, access(Optional.empty()).open(at("s3://lake/mila")).list().size());
  }

  @Test
  void withoutAllowedRootsNoLocalFolderIsOpened() {
    assertReason(RejectReason.FORBIDDEN_LOCATION, () -> access(Optional.empty()).open(at("/tmp")));
  }

  private SourceAccess access(Optional<List<String>> buckets) {
    return new SourceAccess(store, List.of(), buckets, 100);
  }

  private static SourceLocation at(String text) {
    return SourceLocation.parse(text);
  }

  private static void assertReason(RejectReason reason, Executable executable) {
    assertEquals(reason, assertThrows(Failure.Rejected.class, executable).reason());
  }
}
