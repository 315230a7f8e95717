package io.thorax.dataset;

import static io.thorax.dataset.DatasetFixtures.BINARY;
import static io.thorax.dataset.DatasetFixtures.BUCKET;
import static io.thorax.dataset.DatasetFixtures.INPUT;
import static io.thorax.dataset.DatasetFixtures.MULTICLASS;
import static io.thorax.dataset.DatasetFixtures.assembler;
import static io.thorax.dataset.DatasetFixtures.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class AssemblyFailureTest extends OnAssembler {
  @Test
  void aClassWithoutAnImageIsNamed() {
    DatasetException e =
        assertThrows(DatasetException.class, () -> assemble(folders(4, 4), MULTICLASS));
    assertEquals("classes: no image is labelled other_pneumonia", e.getMessage());
    assertEquals("classes", e.field());
  }

  @Test
  void aListenerEndsTheWorkAndLeavesNothingBehind() throws IOException {
    assertThrows(
        CancellationException.class,
        () ->
            assembler(store, raw, work)
                .assemble(
                    spec(folders(10, 10), BINARY),
                    INPUT,
                    (done, expected) -> {
                      assertEquals(20, expected);
                      if (done == 5) {
                        throw new CancellationException();
                      }
                    }));
    assertTrue(files(work).isEmpty());
    assertTrue(store.list(BUCKET, "datasets/").isEmpty());
  }

  @Test
  void aStoreThatDeniesItsOwnBucketIsNoFaultOfTheImages() {
    Map<Layout, Path> roots = folders(2, 2);
    store.deny(BUCKET);
    assertThrows(Failure.Transient.class, () -> assemble(roots, BINARY));
  }

  @Test
  void aStoreThatIsAwayIsTransientAndAskingAgainHelps() {
    Map<Layout, Path> roots = folders(2, 2);
    store.away();
    assertThrows(Failure.Transient.class, () -> assemble(roots, BINARY));
    store.back();
    assertEquals(4, assemble(roots, BINARY).summary().images());
  }

  @Test
  void aSourceOutsideTheAllowedRootsIsRefused() {
    Map<Layout, Path> roots = folders(2, 2);
    Failure.Rejected refused =
        assertThrows(
            Failure.Rejected.class,
            () ->
                assembler(store, temp.resolve("elsewhere"), work)
                    .assemble(spec(roots, BINARY), INPUT, ProgressListener.NONE));
    assertEquals(RejectReason.FORBIDDEN_LOCATION, refused.reason());
    assertFalse(Files.exists(work));
  }
}
