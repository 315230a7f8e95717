package io.thorax.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.study.Identifiers;
import io.thorax.study.ImageReference;
import io.thorax.study.Outcome;
import io.thorax.study.Prediction;
import io.thorax.study.RejectReason;
import io.thorax.study.Sha256;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PredictionRepositoryIT extends OnDatabase {
  private final PredictionRepository predictions = new PredictionRepository(database());
  private final RejectionRepository rejections = new RejectionRepository(database());

  @Test
  void whatIsSavedIsFoundAsItWas() {
    Prediction prediction = Samples.prediction("one");

    await(() -> predictions.save(List.of(new Outcome.Classified(prediction))));

    Prediction found = await(() -> predictions.find(prediction.id())).orElseThrow();
    assertEquals(prediction, found);
    assertEquals(
        new ArrayList<>(prediction.probabilities().keySet()),
        new ArrayList<>(found.probabilities().keySet()));
    assertEquals(Optional.empty(), await(() -> predictions.find(UUID.randomUUID())));
  }

  @Test
  void savingTwiceLeavesOneRow() {
    List<Outcome> batch =
        List.of(
            Samples.classified("one"),
            Samples.classified("one"),
            Samples.rejected("gone", RejectReason.NOT_FOUND));

    await(() -> predictions.save(batch));
    await(() -> predictions.save(batch));

    assertEquals("1", server().query("select count(*) from prediction"));
    assertEquals("1", server().query("select count(*) from prediction_reference"));
    assertEquals("1", server().query("select count(*) from rejection"));
  }

  @Test
  void anImageUnderSeveralKeysAndStudiesIsOnePredictionWithEveryReference() {
    Prediction first = Samples.prediction("one", "a.png", Optional.of("1.1"));
    Prediction again = Samples.prediction("one", "b.png", Optional.of("1.2"));
    Prediction sameStudy = Samples.prediction("one", "c.png", Optional.of("1.2"));
    Prediction noStudy = Samples.prediction("one", "d.png", Optional.empty());

    for (Prediction prediction : List.of(first, again, sameStudy, noStudy)) {
      await(() -> predictions.save(List.of(new Outcome.Classified(prediction))));
    }

    PageRequest all = PageRequest.first(10);
    assertEquals(List.of(first), await(() -> predictions.byStudy("1.1", all)).items());
    assertEquals(List.of(again), await(() -> predictions.byStudy("1.2", all)).items());
    assertEquals(List.of(noStudy), await(() -> predictions.byKey("xrays", "d.png", all)).items());
    assertEquals(List.of(), await(() -> predictions.byKey("other", "d.png", all)).items());
    assertEquals(List.of(first), await(() -> predictions.byImage(Sha256.ofUtf8("one"))));
    assertEquals(
        "a.png b.png c.png d.png",
        server()
            .query(
                "select string_agg(object_key, ' ' order by object_key) from prediction_reference"));
  }

  @Test
  void pagesComeLatestFirstAndNeitherRepeatNorSkip() {
    for (int batch = 0; batch < 3; batch++) {
      int from = batch * 7;
      await(
          () ->
              predictions.save(
                  IntStream.range(from, from + 7)
                      .mapToObj(number -> Samples.classified("image" + number))
                      .toList()));
    }

    List<UUID> seen = new ArrayList<>();
    Page<Prediction> page = await(() -> predictions.latest(PageRequest.first(5)));
    seen.addAll(page.items().stream().map(Prediction::id).toList());
    await(() -> predictions.save(List.of(Samples.classified("newcomer"))));
    while (page.nextCursor().isPresent()) {
      PageRequest next = new PageRequest(5, page.nextCursor());
      Page<Prediction> byStudy = await(() -> predictions.byStudy(Samples.STUDY, next));
      page = await(() -> predictions.latest(next));
      assertEquals(page, byStudy);
      seen.addAll(page.items().stream().map(Prediction::id).toList());
    }

    assertEquals(21, seen.size());
    assertEquals(21, new HashSet<>(seen).size());
    assertTrue(
        IntStream.range(14, 21)
            .mapToObj(number -> Samples.prediction("image" + number).id())
            .allMatch(seen.subList(0, 7)::contains));
  }

  @Test
  void rejectionsAreFoundByIdStudyKeyAndTime() {
    Outcome.Rejected corrupt = Samples.rejected("a.png", RejectReason.CORRUPT);
    Outcome.Rejected missing = Samples.rejected("b.png", RejectReason.NOT_FOUND);
    await(() -> predictions.save(List.of(corrupt)));
    await(() -> predictions.save(List.of(missing)));

    PageRequest one = PageRequest.first(1);
    assertEquals(corrupt, await(() -> rejections.find(corrupt.id())).orElseThrow().outcome());
    Page<Rejection> latest = await(() -> rejections.latest(one));
    assertEquals(missing, latest.items().get(0).outcome());
    PageRequest next = new PageRequest(1, latest.nextCursor());
    Page<Rejection> last = await(() -> rejections.byStudy(Samples.STUDY, next));
    assertEquals(corrupt, last.items().get(0).outcome());
    assertEquals(Optional.empty(), last.nextCursor());
    assertEquals(
        corrupt, await(() -> rejections.byKey("xrays", "a.png", one)).items().get(0).outcome());
  }

  @Test
  void aRejectedImageIsFoundByItsContentWhereverItLay() {
    Outcome.Rejected here = rejectedContent("here.png");
    Outcome.Rejected there = rejectedContent("there.png");
    Outcome.Rejected unread = Samples.rejected("unread.png", RejectReason.NOT_FOUND);
    await(() -> predictions.save(List.of(here)));
    await(() -> predictions.save(List.of(there, unread)));

    assertEquals(
        List.of(there, here),
        await(() -> rejections.byImage(Sha256.ofUtf8("content"), PageRequest.first(10)))
            .items()
            .stream()
            .map(Rejection::outcome)
            .toList());
  }

  private static Outcome.Rejected rejectedContent(String key) {
    ImageReference image =
        new ImageReference(
            "xrays",
            key,
            Optional.empty(),
            Optional.empty(),
            Optional.of(Sha256.ofUtf8("content")));
    return new Outcome.Rejected(
        Identifiers.rejection(image, RejectReason.CORRUPT),
        image,
        Optional.empty(),
        RejectReason.CORRUPT,
        "not a picture");
  }

  @Test
  void aKeyThatPostgresCannotHoldFailsNobody() {
    String longest = "\u6c34".repeat(ImageReference.MAX_KEY_LENGTH - 1) + '\0';
    Outcome.Rejected strange = Samples.rejected(longest, RejectReason.NOT_FOUND);

    await(() -> predictions.save(List.of(strange, Samples.classified("neighbour"))));

    String stored =
        await(() -> rejections.find(strange.id())).orElseThrow().outcome().image().key();
    assertEquals(longest.replace('\0', '\uFFFD'), stored);
  }

  @Test
  void aBatchOf32IsOneStatementOfMilliseconds() {
    List<Double> millis = new ArrayList<>();
    for (int round = 0; round < 60; round++) {
      List<Outcome.Classified> batch = new ArrayList<>();
      for (int image = 0; image < 32; image++) {
        batch.add(Samples.classified("image" + round + "-" + image));
      }
      long start = System.nanoTime();
      await(() -> predictions.save(batch));
      millis.add((System.nanoTime() - start) / 1e6);
    }
    List<Double> warm = millis.subList(20, millis.size()).stream().sorted().toList();
    System.out.printf(
        "save of 32 predictions: median %.2f ms, worst %.2f ms%n",
        warm.get(warm.size() / 2), warm.get(warm.size() - 1));

    assertEquals(String.valueOf(60 * 32), server().query("select count(*) from prediction"));
    assertFalse(warm.get(warm.size() / 2) > 1000);
  }
}
