package io.thorax.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.client.EventLog.Event;
import io.thorax.client.ThoraxClient;
import io.thorax.stack.ServiceProcess;
import io.thorax.synthetic.PictureWriter;
import io.thorax.synthetic.SyntheticRadiograph;
import io.thorax.synthetic.SyntheticRadiograph.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Nothing is lost and nothing is told twice under two ids, whatever is killed. The servers flush
 * what they acknowledge (EmbeddedStack checks that at each of their starts), else this would prove
 * nothing.
 */
class ChaosIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int PHASE = 80;
  private static final String NO_DEATH = List.of().toString();

  private final TrainedStack stack = TrainedStack.shared();

  /** Something was dead for a while, by the clock of the machine. */
  private record Death(String of, long fromMillis, long toMillis) {
    boolean isWithin(long firstMillis, long lastMillis) {
      return firstMillis <= toMillis && fromMillis <= lastMillis;
    }
  }

  @Test
  void killsOfTheServiceAndOfEveryServerLoseNothing() {
    String prefix = "chaos/";
    List<Death> deaths = new ArrayList<>();
    long begun = System.nanoTime();
    try (ServiceProcess service = stack.service("chaos").roles("classify").build();
        ThoraxClient client = stack.client(service)) {
      for (int i = 0; i < 500; i++) {
        client.put(TrainedStack.BUCKET, key(prefix, i), distinctPng(i));
      }
      int sent = 0;
      service.start();
      service.awaitReady();
      for (int kill = 0; kill < 6; kill++) {
        int before = Results.now(stack.log(), prefix).kinds().size();
        sent = send(client, prefix, sent, PHASE);
        awaitImages(prefix, before + 1);
        switch (kill) {
          case 1 ->
              restart(
                  deaths, "broker", stack.servers().kafka()::kill, stack.servers().kafka()::start);
          case 3 ->
              restart(deaths, "store", stack.servers().s3()::kill, stack.servers().s3()::start);
          case 4 ->
              restart(
                  deaths,
                  "database",
                  stack.servers().postgres()::kill,
                  stack.servers().postgres()::start);
          default -> restart(deaths, "service", service::kill, service::start);
        }
        System.out.printf("%s killed with %d of %d done%n", deaths.get(kill).of(), before, sent);
      }
      send(client, prefix, sent, 500 - sent);
      Results results = Results.await(stack.log(), prefix, 500, PATIENCE);
      Map<String, Integer> repeats = repeatsByCause(results, deaths);
      report(results, repeats, begun);

      assertEquals(0, repeats.getOrDefault(NO_DEATH, 0), "repeats without a death in between");
      assertEquals(500, results.kinds().size(), "images told of");
      assertEquals(Set.of(Posted.CLASSIFIED), Set.copyOf(results.kinds().values()));
      assertEquals(500, results.ids().size(), "distinct ids");
      assertEquals(500, stack.rows().predictions(prefix));
      Map<String, Integer> places = stack.rows().predictedPlaces(prefix);
      assertEquals(500, places.size());
      assertEquals(Set.of(1), Set.copyOf(places.values()));
      assertEquals(List.of(), stack.log().events("dead-letter", prefix));
      assertEquals(0, stack.rows().openDeliveries(), "all is quiet");
    }
  }

  @Test
  void processesThatJoinAndLeaveRepeatNothing() throws InterruptedException {
    String prefix = "rolling/";
    int count = 2000;
    List<byte[]> pool = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      pool.add(distinctPng(10_000 + i));
    }
    long begun = System.nanoTime();
    try (ServiceProcess first = stack.service("first").roles("classify").build();
        ServiceProcess second = stack.service("second").roles("classify").build();
        ThoraxClient client = stack.client(first)) {
      first.start();
      first.awaitReady();
      Flow flow =
          Flow.start(
              Duration.ofMillis(25),
              count,
              i -> {
                client.put(TrainedStack.BUCKET, key(prefix, i), pool.get(i % pool.size()));
                send(client, prefix, i, 1);
              });
      second.start();
      second.awaitReady();
      moment("second joined", flow, prefix);
      assertTrue(first.terminate(), "ended by itself");
      moment("first left", flow, prefix);
      first.start();
      first.awaitReady();
      moment("first joined", flow, prefix);
      assertTrue(second.terminate(), "ended by itself");
      moment("second left", flow, prefix);
      flow.hurry();
      flow.awaitEnd();
      Results results = Results.await(stack.log(), prefix, count, PATIENCE);
      report(results, repeatsByCause(results, List.of()), begun);

      assertEquals(count, results.kinds().size(), "images told of");
      assertEquals(Set.of(Posted.CLASSIFIED), Set.copyOf(results.kinds().values()));
      assertEquals(count, results.ids().size(), "distinct ids");
      assertEquals(Map.of(), results.repeats(), "events that came again without a kill");
      assertEquals(pool.size(), stack.rows().predictions(prefix));
      assertEquals(count, stack.rows().predictedPlaces(prefix).size());
      assertEquals(List.of(), stack.log().events("dead-letter", prefix));
      assertEquals(0, stack.rows().openDeliveries(), "all is quiet");
    }
  }

  private void moment(String what, Flow flow, String prefix) {
    System.out.printf(
        "%s: %d sent, %d done%n",
        what, flow.sent(), Results.now(stack.log(), prefix).kinds().size());
  }

  private static void restart(List<Death> deaths, String name, Runnable kill, Runnable start) {
    long from = System.currentTimeMillis();
    kill.run();
    start.run();
    deaths.add(new Death(name, from, System.currentTimeMillis()));
  }

  /** Does not wait for the broker, which may be away. */
  private static int send(ThoraxClient client, String prefix, int from, int count) {
    for (int i = from; i < from + count; i++) {
      String key = key(prefix, i);
      client.sendLater(
          ThoraxClient.binary(
              "xray.uploaded",
              key,
              UUID.randomUUID().toString(),
              ThoraxClient.upload(TrainedStack.BUCKET, key)));
    }
    return from + count;
  }

  private void awaitImages(String prefix, int images) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (Results.now(stack.log(), prefix).kinds().size() < images) {
      assertTrue(System.nanoTime() < deadline, "fewer than " + images + " images told of in time");
      Pauses.of(Duration.ofMillis(10));
    }
  }

  /** How many events were sent again, by what was dead in between. */
  private static Map<String, Integer> repeatsByCause(Results results, List<Death> deaths) {
    Map<String, Long> last = new HashMap<>();
    Map<String, Integer> repeats = new TreeMap<>();
    for (Event event : results.events()) {
      Long before = last.put(event.id(), event.sentMillis());
      if (before != null) {
        repeats.merge(between(before, event.sentMillis(), deaths), 1, Integer::sum);
      }
    }
    return repeats;
  }

  private static void report(Results results, Map<String, Integer> repeats, long begunNanos) {
    System.out.printf(
        "%d images, %d events, %d ids after %.1f s; repeats by what had died in between: %s%n",
        results.kinds().size(),
        results.events().size(),
        results.ids().size(),
        (System.nanoTime() - begunNanos) / 1e9,
        repeats);
  }

  private static String between(long firstMillis, long repeatMillis, List<Death> deaths) {
    return deaths.stream()
        .filter(death -> death.isWithin(firstMillis, repeatMillis))
        .map(Death::of)
        .toList()
        .toString();
  }

  private static String key(String prefix, int number) {
    return "%s%04d.png".formatted(prefix, number);
  }

  private static byte[] distinctPng(int seed) {
    return PictureWriter.png(SyntheticRadiograph.of(Finding.NORMAL, 900_000L + seed, 64));
  }
}
