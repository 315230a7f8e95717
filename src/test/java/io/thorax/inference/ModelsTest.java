package io.thorax.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.thorax.objectstore.InMemoryObjectStore;
import io.thorax.objectstore.ObjectAddress;
import io.thorax.objectstore.ObjectStore;
import io.thorax.study.Failure;
import io.thorax.study.Sha256;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
  private static final String BUCKET = "artifacts";
  private static final String CHAMPION = "champion";
  private static final String OTHER = "other";

  @TempDir static Path exported;
  private static Sha256 first;
  private static Sha256 second;

  @TempDir Path cache;
  private final InMemoryObjectStore objects = new InMemoryObjectStore(BUCKET);
  private final Map<String, Sha256> registry = new HashMap<>();
  private final List<String> listings = new ArrayList<>();
  private Runnable atListing = () -> {};
  private boolean registryIsAway;
  private Instant now = Instant.EPOCH;
  private Models models;

  @BeforeAll
  static void export() {
    first = SmallModel.export(exported.resolve("first"), 0.5).digest();
    second = SmallModel.export(exported.resolve("second"), 0.4).digest();
  }

  @BeforeEach
  void start() throws IOException {
    upload("first", first);
    upload("second", second);
    models = models(0);
  }

  @AfterEach
  void close() {
    models.close();
  }

  @Test
  void theDefaultModelIsReadyOnceItIsWarm() throws UnknownModelException {
    models.refresh();
    assertFalse(models.ready());
    registry.put(CHAMPION, first);
    models.refresh();
    assertTrue(models.ready());
    assertEquals(first, models.digest(CHAMPION));
  }

  @Test
  void theModelBeforeReadsUntilTheNextOneIsWarm() throws UnknownModelException {
    follow(CHAMPION, first);
    registry.put(CHAMPION, second);
    List<Sha256> during = new ArrayList<>();
    atListing =
        () -> {
          during.add(resolved(CHAMPION));
          assertTrue(models.ready());
          assertReads(first);
        };
    models.refresh();
    assertEquals(List.of(first), during);
    assertEquals(second, models.digest(CHAMPION));
    assertTrue(models.ready());
    assertReads(second);
  }

  @Test
  void aModelThatWasReplacedIsClosedAfterItsLastBatch() {
    follow(CHAMPION, first);
    Lease batch = models.acquire(first);
    follow(CHAMPION, second);
    assertEquals(1, predict(batch).size());
    batch.close();
    assertThrows(IllegalStateException.class, () -> predict(batch));
  }

  @Test
  void asManyOthersAsConfiguredStayLoaded() {
    models.close();
    models = models(1);
    follow(CHAMPION, first);
    Predictor predictor = models.acquire(first).predictor();
    follow(CHAMPION, second);
    assertSame(predictor, models.acquire(first).predictor());
  }

  @Test
  void aDamagedModelIsFetchedAgainOnlyAfterAPauseThatGrows() throws IOException {
    follow(CHAMPION, first);
    objects.delete(graph(second));
    registry.put(CHAMPION, second);
    listings.clear();

    models.refresh();
    models.refresh();
    assertEquals(1, listings.size());
    after(Duration.ofSeconds(10));
    assertEquals(2, listings.size());
    after(Duration.ofSeconds(19));
    assertEquals(2, listings.size());
    after(Duration.ofSeconds(1));
    assertEquals(3, listings.size());
    assertEquals(first, resolved(CHAMPION));
    assertReads(first);

    upload("second", second);
    after(Duration.ofMinutes(5));
    assertEquals(second, resolved(CHAMPION));
  }

  @Test
  void anotherModelInPlaceOfADamagedOneIsFollowedAtOnce() {
    objects.delete(graph(second));
    follow(CHAMPION, second);
    assertFalse(models.ready());
    follow(CHAMPION, first);
    assertTrue(models.ready());
  }

  @Test
  void aDamagedDefaultModelHoldsUpNoOtherAlias() throws UnknownModelException {
    follow(CHAMPION, first);
    registry.put(OTHER, first);
    assertEquals(first, models.digest(OTHER));
    Sha256 damaged = Sha256.ofUtf8("no such model");
    registry.put(CHAMPION, damaged);
    registry.put(OTHER, second);
    models.refresh();
    assertEquals(second, models.digest(OTHER));
    assertEquals(first, models.digest(CHAMPION));
  }

  @Test
  void aStoreThatIsAwayIsAskedAgainAtOnce() {
    objects.away();
    follow(CHAMPION, first);
    assertFalse(models.ready());
    objects.back();
    models.refresh();
    assertTrue(models.ready());
  }

  @Test
  void whileTheDatabaseIsAwayTheModelsStay() {
    follow(CHAMPION, first);
    registryIsAway = true;
    models.refresh();
    assertTrue(models.ready());
    assertReads(first);
  }

  @Test
  void anAliasThatIsGoneIsUnknown() throws UnknownModelException {
    registry.put(OTHER, first);
    assertEquals(first, models.digest(OTHER));
    registry.remove(OTHER);
    models.refresh();
    assertThrows(UnknownModelException.class, () -> models.digest(OTHER));
  }

  @Test
  void aDigestIsAModelOnlyIfItIsKnown() throws UnknownModelException {
    registry.put(OTHER, second);
    assertEquals(second, models.digest(second.hex()));
    assertThrows(UnknownModelException.class, () -> models.digest(first.hex()));
  }

  private void follow(String alias, Sha256 model) {
    registry.put(alias, model);
    models.refresh();
  }

  private void after(Duration pause) {
    now = now.plus(pause);
    models.refresh();
  }

  private Sha256 resolved(String alias) {
    try {
      return models.digest(alias);
    } catch (UnknownModelException e) {
      throw new AssertionError(e);
    }
  }

  private void assertReads(Sha256 model) {
    try (Lease lease = models.acquire(model)) {
      assertEquals(model, lease.predictor().identity().digest());
      assertEquals(1, predict(lease).size());
    }
  }

  private static List<float[]> predict(Lease lease) {
    Predictor predictor = lease.predictor();
    return predictor.predict(List.of(new float[predictor.inputSize()]));
  }

  private Models models(int extraModels) {
    return new Models(
        new FixedInferenceConfig(CHAMPION, cache, extraModels),
        this::resolve,
        registry::containsValue,
        new BundleCache(watched(), BUCKET, cache),
        () -> now,
        new SimpleMeterRegistry());
  }

  private Optional<Sha256> resolve(String alias) {
    if (registryIsAway) {
      throw new Failure.Transient("the database is away", null);
    }
    return Optional.ofNullable(registry.get(alias));
  }

  /** Every download of a bundle begins with a listing. */
  private ObjectStore watched() {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("list")) {
                listings.add((String) arguments[1]);
                atListing.run();
              }
              try {
                return method.invoke(objects, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void upload(String bundle, Sha256 digest) throws IOException {
    Path directory = exported.resolve(bundle);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(file).toString().replace('\\', '/');
        objects.upload(file, address(digest, name), "application/octet-stream");
      }
    }
  }

  private static ObjectAddress graph(Sha256 digest) {
    return address(digest, "folded/graph.pb");
  }

  private static ObjectAddress address(Sha256 digest, String name) {
    return ObjectAddress.of(BUCKET, BundleCache.keyPrefix(digest) + name);
  }
}
