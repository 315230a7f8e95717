package io.thorax.objectstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import org.junit.jupiter.api.Test;

class InMemoryObjectStoreTest extends ObjectStoreContract {
  private final InMemoryObjectStore store = new InMemoryObjectStore(BUCKET);

  @Override
  ObjectStore store() {
    return store;
  }

  @Test
  void goesAwayAndComesBack() {
    ObjectAddress address = ObjectAddress.of(BUCKET, "kept");
    store.put(address, new byte[1], "text/plain");
    store.away();
    assertThrows(Failure.Transient.class, store::ping);
    assertThrows(Failure.Transient.class, () -> store.get(address, 10));
    store.back();
    assertEquals(1, store.get(address, 10).content().length);
  }

  @Test
  void deniesABucket() {
    store.deny(BUCKET);
    Failure.Rejected rejected =
        assertThrows(Failure.Rejected.class, () -> store.get(ObjectAddress.of(BUCKET, "any"), 10));
    assertEquals(RejectReason.FORBIDDEN_LOCATION, rejected.reason());
  }
}
