package io.thorax.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {
  @TempDir Path temp;
  private Path allowed;
  private Path source;

  @BeforeEach
  void folders() throws IOException {
    allowed = Files.createDirectories(temp.resolve("allowed"));
    source = Files.createDirectories(allowed.resolve("source/images")).getParent();
    Files.write(source.resolve("images/b.png"), new byte[] {1, 2});
    Files.write(source.resolve("a.csv"), new byte[] {3});
    Files.write(temp.resolve("secret"), new byte[] {9});
  }

  @Test
  void listsAndReadsByRelativePath() {
    SourceFiles files = open(source);
    assertEquals(List.of("a.csv", "images/b.png"), files.list());
    assertArrayEquals(new byte[] {1, 2}, files.read("images/b.png", 2));
  }

  @Test
  void refusesWhatIsTooLargeOrNotThere() {
    SourceFiles files = open(source);
    assertReason(RejectReason.TOO_LARGE, () -> files.read("images/b.png", 1));
    assertReason(RejectReason.NOT_FOUND, () -> files.read("images/c.png", 1));
    assertReason(RejectReason.NOT_FOUND, () -> files.read("images", 1));
  }

  @Test
  void nothingOutsideTheAllowedRootsIsOpened() {
    assertReason(RejectReason.FORBIDDEN_LOCATION, () -> open(temp));
    assertReason(RejectReason.FORBIDDEN_LOCATION, () -> open(allowed.resolve("../allowed2")));
    assertReason(RejectReason.FORBIDDEN_LOCATION, () -> LocalFiles.under(List.of(), source, 10));
    assertReason(RejectReason.NOT_FOUND, () -> open(allowed.resolve("nowhere")));
  }

  @Test
  void neitherDotsNorAbsolutePathsNorLinksLeadOut() throws IOException {
    Files.createSymbolicLink(source.resolve("link.png"), temp.resolve("secret"));
    Files.createSymbolicLink(source.resolve("linked"), temp);
    SourceFiles files = open(source);
    assertReason(RejectReason.FORBIDDEN_LOCATION, () -> files.read("../../secret", 9));
    assertReason(
        RejectReason.FORBIDDEN_LOCATION, () -> files.read(temp.resolve("secret").toString(), 9));
    assertReason(RejectReason.FORBIDDEN_LOCATION, () -> files.read("link.png", 9));
    assertReason(RejectReason.FORBIDDEN_LOCATION, () -> files.read("linked/secret", 9));
    assertReason(RejectReason.FORBIDDEN_LOCATION, () -> files.read("a\0b", 9));
  }

  @Test
  void aSourceThatIsALinkOutOfTheAllowedRootIsRefused() throws IOException {
    Path link = Files.createSymbolicLink(allowed.resolve("out"), temp);
    assertReason(RejectReason.FORBIDDEN_LOCATION, () -> open(link));
  }

  @Test
  void anAllowedRootMayItselfBeALink() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("data"), allowed);
    SourceFiles files = LocalFiles.under(List.of(link), link.resolve("source"), 10);
    assertEquals(2, files.list().size());
  }

  @Test
  void moreFilesThanTheLimitAreRefused() {
    SourceFiles files = LocalFiles.under(List.of(allowed), source, 1);
    assertThrows(DatasetException.class, files::list);
  }

  private SourceFiles open(Path folder) {
    return LocalFiles.under(List.of(allowed), folder, 10);
  }

  private static void assertReason(RejectReason reason, Executable executable) {
    assertEquals(reason, assertThrows(Failure.Rejected.class, executable).reason());
  }
}
