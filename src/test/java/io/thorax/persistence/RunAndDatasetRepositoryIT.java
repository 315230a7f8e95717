package io.thorax.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.study.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunAndDatasetRepositoryIT extends OnDatabase {
  private final RunRepository runs = new RunRepository(database());
  private final WorkQueue queue = new WorkQueue(database());
  private final DatasetRepository datasets = new DatasetRepository(database());

  @Test
  void aRepeatedRequestMakesNoSecondRun() {
    UUID id = UUID.randomUUID();

    assertTrue(create(id));
    assertFalse(create(id));

    RunRecord run = await(() -> runs.find(id)).orElseThrow();
    assertEquals(WorkState.WAITING, run.state());
    assertEquals("{\"epochs\": 3}", run.specJson());
    assertEquals(1, await(() -> queue.ofParent(id)).size());
  }

  @Test
  void aRunEndsOnce() {
    UUID id = UUID.randomUUID();
    create(id);

    assertTrue(await(() -> runs.started(id)));
    assertFalse(await(() -> runs.started(id)));
    assertTrue(await(() -> runs.finish(id, "{\"best\": 0}", Optional.empty())));
    assertFalse(await(() -> runs.fail(id, "too late")));
    assertFalse(await(() -> runs.cancel(id)));

    RunRecord run = await(() -> runs.latest(PageRequest.first(5))).items().get(0);
    assertEquals(WorkState.FINISHED, run.state());
    assertEquals(Optional.of("{\"best\": 0}"), run.resultJson());
    assertTrue(run.finishedAt().isPresent());
  }

  @Test
  void cancellingARunCancelsItsTrials() {
    UUID id = UUID.randomUUID();
    create(id);

    assertTrue(await(() -> runs.cancel(id)));

    assertEquals(WorkState.CANCELLED, await(() -> runs.find(id)).orElseThrow().state());
    assertEquals(WorkState.CANCELLED, await(() -> queue.ofParent(id)).get(0).state());
  }

  @Test
  void aNameStandsForTheLatestContentThatWasAssembledUnderIt() {
    DatasetRecord first = dataset("a", "covid", "request-1", 1);
    DatasetRecord second = dataset("b", "covid", "request-2", 2);
    DatasetRecord alsoCalled = dataset("a", "other", "request-3", 3);
    for (DatasetRecord dataset : List.of(first, second, alsoCalled, first)) {
      await(() -> datasets.save(dataset));
    }

    assertEquals(Optional.of(second), await(() -> datasets.findByName("covid")));
    assertEquals(Optional.of(alsoCalled), await(() -> datasets.find(Sha256.ofUtf8("a"))));
    assertEquals(
        List.of(alsoCalled, second, first),
        await(() -> datasets.latest(PageRequest.first(200))).items());

    DatasetRecord back = dataset("a", "covid", "request-4", 4);
    await(() -> datasets.save(back));
    assertEquals(Optional.of(back), await(() -> datasets.findByName("covid")));
    assertEquals(Optional.empty(), await(() -> datasets.findByName("none")));
  }

  @Test
  void aRunThatEndsWellPromotesItsModelOnce() {
    ModelRepository models = new ModelRepository(database());
    ModelRecord first = save(models, "first");
    ModelRecord trained = save(models, "trained");
    await(() -> models.promote("champion", first.digest(), "by hand"));
    UUID id = UUID.randomUUID();
    create(id);
    Optional<Promotion> promotion =
        Optional.of(new Promotion("champion", trained.digest(), "run " + id));

    assertTrue(await(() -> runs.finish(id, "{}", promotion)));
    assertEquals(Optional.of(trained.digest()), await(() -> models.resolve("champion")));

    await(() -> models.rollback("champion", "worse"));
    assertFalse(await(() -> runs.finish(id, "{}", promotion)), "told again");
    assertEquals(Optional.of(first.digest()), await(() -> models.resolve("champion")));
  }

  @Test
  void aCancelledRunPromotesNothing() {
    ModelRepository models = new ModelRepository(database());
    ModelRecord trained = save(models, "trained");
    UUID id = UUID.randomUUID();
    create(id);
    await(() -> runs.cancel(id));

    assertFalse(
        await(
            () ->
                runs.finish(
                    id, "{}", Optional.of(new Promotion("other", trained.digest(), "run")))));
    assertEquals(Optional.empty(), await(() -> models.resolve("other")));
  }

  @Test
  void aRunWhoseTrialsHaveEndedIsNotCancelledAnyMore() {
    UUID id = UUID.randomUUID();
    create(id);
    Claim claim =
        await(() -> queue.claim("trial", "worker", Duration.ofMinutes(1), 3)).orElseThrow();
    assertTrue(await(() -> queue.finish(claim, "{}")));

    assertFalse(await(() -> runs.cancel(id)), "its end is being recorded");
    assertTrue(await(() -> runs.finish(id, "{}", Optional.empty())));
  }

  private ModelRecord save(ModelRepository models, String name) {
    ModelRecord model =
        new ModelRecord(Sha256.ofUtf8(name), name, "{}", Map.of(), Optional.empty(), Instant.EPOCH);
    await(() -> models.save(model));
    return model;
  }

  private boolean create(UUID id) {
    NewWork trial = new NewWork(new UUID(7, 7), "trial", Optional.of(id), 0, "{}");
    return await(() -> runs.createIfAbsent(id, "covid", "{\"epochs\": 3}", List.of(trial)));
  }

  private static DatasetRecord dataset(String content, String name, String request, int second) {
    return new DatasetRecord(
        Sha256.ofUtf8(content),
        name,
        request,
        Map.of("train", "thorax/datasets/" + content + "/train.csv"),
        Map.of("train", Map.of("COVID-19", 12)),
        Instant.ofEpochSecond(second));
  }
}
