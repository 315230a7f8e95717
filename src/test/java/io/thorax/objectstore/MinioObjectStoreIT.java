package io.thorax.objectstore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.stack.EmbeddedStack;
import io.thorax.stack.S3Server;
import io.thorax.study.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MinioObjectStoreIT extends ObjectStoreContract {
  private static final S3Server SERVER = EmbeddedStack.shared().s3();
  private static final ObjectStore STORE = TestObjectStores.on(SERVER);

  @BeforeAll
  static void createBucket() {
    STORE.ensureBucket(BUCKET);
  }

  @Override
  ObjectStore store() {
    return STORE;
  }

  /** A wrong secret concerns every image, so none may be rejected for it. */
  @Test
  void wrongCredentialsAreTransientInEveryCall() {
    ObjectAddress address = ObjectAddress.of(BUCKET, "credentials");
    STORE.put(address, new byte[1], "text/plain");
    for (TestObjectStores.Config config :
        List.of(
            TestObjectStores.Config.of(SERVER.endpoint(), SERVER.accessKey(), "guessed"),
            TestObjectStores.Config.of(SERVER.endpoint(), "nobody", SERVER.secretKey()))) {
      ObjectStore store = new MinioObjectStore(config);
      Failure failure =
          assertThrows(Failure.Transient.class, () -> store.get(address, 10), config.toString());
      assertTrue(failure.getMessage().contains("access-key"), failure.getMessage());
      assertThrows(Failure.Transient.class, () -> store.exists(address));
      assertThrows(Failure.Transient.class, () -> store.list(BUCKET, ""));
      assertThrows(Failure.Transient.class, () -> store.put(address, new byte[1], "text/plain"));
      assertThrows(Failure.Transient.class, store::ping);
    }
  }

  @Test
  void aKilledStoreIsTransientUntilItIsBack() throws Exception {
    ObjectAddress address = ObjectAddress.of(BUCKET, "killed/image");
    byte[] content = random(2 << 20);
    STORE.put(address, content, "image/png");
    ExecutorService readers = Executors.newFixedThreadPool(4);
    try {
      List<Future<Failure>> failures = new ArrayList<>();
      for (int reader = 0; reader < 4; reader++) {
        failures.add(readers.submit(() -> readUntilFailure(address, content)));
      }
      Thread.sleep(500);
      SERVER.kill();
      for (Future<Failure> failure : failures) {
        assertTrue(failure.get() instanceof Failure.Transient, failure.get().toString());
      }
      assertThrows(Failure.Transient.class, STORE::ping);
      assertThrows(Failure.Transient.class, () -> STORE.put(address, content, "image/png"));
    } finally {
      readers.shutdownNow();
      SERVER.start();
    }
    assertArrayEquals(content, STORE.get(address, content.length).content());
  }

  private static Failure readUntilFailure(ObjectAddress address, byte[] content) {
    while (true) {
      try {
        assertArrayEquals(content, STORE.get(address, content.length).content());
      } catch (Failure failure) {
        return failure;
      }
    }
  }
}
