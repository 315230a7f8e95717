package io.thorax.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GateTest {
  private final Gate gate = new Gate();
  private final List<String> begun = new ArrayList<>();
  private final Map<String, CompletableFuture<Void>> works = new LinkedHashMap<>();

  @Test
  void batchesWorkTogether() {
    together("a");
    together("b");

    assertEquals(List.of("a", "b"), begun);
  }

  @Test
  void aRecordThatIsToBeAloneWaitsForAllThatRuns() {
    together("a");
    together("b");
    alone("suspect");
    end("a");
    assertEquals(List.of("a", "b"), begun);

    end("b");

    assertEquals(List.of("a", "b", "suspect"), begun);
  }

  @Test
  void nothingBeginsBesideARecordThatIsAloneNorOvertakesOneThatWaits() {
    together("a");
    alone("suspect");
    together("later");
    alone("next suspect");
    assertEquals(List.of("a"), begun);

    end("a");
    assertEquals(List.of("a", "suspect"), begun);

    end("suspect");
    assertEquals(List.of("a", "suspect", "later"), begun);

    end("later");
    assertEquals(List.of("a", "suspect", "later", "next suspect"), begun);
  }

  @Test
  void aFailureOpensTheGateLikeASuccess() {
    alone("fails");
    together("waits");

    works.get("fails").completeExceptionally(new IllegalStateException("as planned"));

    assertEquals(List.of("fails", "waits"), begun);
  }

  @Test
  void workThatCannotEvenBeMadeOpensTheGate() {
    var refused =
        gate.alone(
                () -> {
                  throw new IllegalStateException("as planned");
                })
            .subscribeAsCompletionStage();
    alone("next");

    assertTrue(refused.toCompletableFuture().isCompletedExceptionally());
    assertEquals(List.of("next"), begun);
  }

  private void together(String name) {
    gate.together(() -> work(name)).subscribe().with(done -> {}, failed -> {});
  }

  private void alone(String name) {
    gate.alone(() -> work(name)).subscribe().with(done -> {}, failed -> {});
  }

  private Uni<Void> work(String name) {
    begun.add(name);
    CompletableFuture<Void> work = new CompletableFuture<>();
    works.put(name, work);
    return Uni.createFrom().completionStage(work);
  }

  private void end(String name) {
    works.get(name).complete(null);
  }
}
