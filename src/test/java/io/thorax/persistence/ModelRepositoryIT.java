package io.thorax.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.mutiny.Uni;
import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import io.thorax.study.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelRepositoryIT extends OnDatabase {
  private final ModelRepository models = new ModelRepository(database());

  @Test
  void modelsAreFoundByDigestAndPagedLatestFirst() {
    ModelRecord older = save("older", Optional.of(new UUID(1, 2)), 1);
    ModelRecord newer = save("newer", Optional.empty(), 2);
    await(() -> models.save(older));

    ModelRecord found = await(() -> models.find(older.digest())).orElseThrow();
    assertEquals(older.artifacts(), found.artifacts());
    assertEquals(older.runId(), found.runId());
    assertEquals(older.manifestJson(), found.manifestJson());
    Page<ModelRecord> page = await(() -> models.latest(PageRequest.first(1)));
    assertEquals(newer.digest(), page.items().get(0).digest());
    PageRequest next = new PageRequest(1, page.nextCursor());
    Page<ModelRecord> last = await(() -> models.latest(next));
    assertEquals(List.of(older.digest()), last.items().stream().map(ModelRecord::digest).toList());
    assertEquals(Optional.empty(), last.nextCursor());
  }

  @Test
  void anAliasIsPromotedAndRolledBackStepByStep() {
    Sha256 a = save("a", Optional.empty(), 1).digest();
    Sha256 b = save("b", Optional.empty(), 2).digest();
    Sha256 c = save("c", Optional.empty(), 3).digest();
    assertEquals(Optional.empty(), await(() -> models.resolve("champion")));

    promote(a);
    promote(b);
    AliasRevision third = promote(c);
    assertEquals(third, promote(c));
    assertEquals(3, third.revision());
    assertEquals(Optional.of(c), await(() -> models.resolve("champion")));

    assertEquals(Optional.of(b), rollback().map(AliasRevision::model));
    assertEquals(Optional.of(a), rollback().map(AliasRevision::model));
    assertEquals(Optional.empty(), rollback());
    assertEquals(Optional.of(a), await(() -> models.resolve("champion")));
    promote(c);
    assertEquals(Optional.of(a), rollback().map(AliasRevision::model));

    List<AliasRevision> history = await(() -> models.history("champion"));
    assertEquals(List.of(a, c, a, b, c, b, a), history.stream().map(AliasRevision::model).toList());
    assertEquals(OptionalInt.empty(), history.get(6).previous());
    assertEquals("worse", history.get(0).reason());
    assertEquals(
        List.of("champion"), await(models::aliases).stream().map(AliasRevision::alias).toList());
  }

  @Test
  void aModelThatDoesNotExistIsNotPromoted() {
    Failure.Rejected refusal =
        assertThrows(Failure.Rejected.class, () -> promote(Sha256.ofUtf8("nobody")));

    assertEquals(RejectReason.UNKNOWN_MODEL, refusal.reason());
  }

  @Test
  void promotionsAtOnceTakeTurns() {
    List<Sha256> digests =
        IntStream.range(0, 8)
            .mapToObj(number -> save("m" + number, Optional.empty(), number).digest())
            .toList();

    await(
        () ->
            Uni.join()
                .all(
                    digests.stream()
                        .map(digest -> models.promote("champion", digest, "race"))
                        .toList())
                .andFailFast());

    List<AliasRevision> history = await(() -> models.history("champion"));
    assertEquals(
        List.of(8, 7, 6, 5, 4, 3, 2, 1), history.stream().map(AliasRevision::revision).toList());
  }

  private AliasRevision promote(Sha256 model) {
    return await(() -> models.promote("champion", model, "better"));
  }

  private Optional<AliasRevision> rollback() {
    return await(() -> models.rollback("champion", "worse"));
  }

  private ModelRecord save(String name, Optional<UUID> run, int second) {
    ModelRecord model =
        new ModelRecord(
            Sha256.ofUtf8(name),
            name,
            "{\"name\": \"" + name + "\"}",
            Map.of("bundle", "thorax/models/" + name),
            run,
            Instant.ofEpochSecond(second));
    await(() -> models.save(model));
    return model;
  }
}
