package io.thorax.objectstore;

import io.thorax.ConfigurationCheck;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectStoreConfigTest {

  @ParameterizedTest
  @CsvSource({
    "thorax.object-store.part-size, 4M",
    "thorax.object-store.part-size, 6G",
    "thorax.object-store.read-timeout, 0s",
    "thorax.object-store.connect-timeout, 2h"
  })
  void whatCannotWorkEndsTheStart(String key, String value) {
    ConfigurationCheck.assertRefused(ObjectStoreConfig.class, key, value);
  }

  @ParameterizedTest
  @CsvSource({
    "thorax.object-store.part-size, 5M",
    "thorax.object-store.part-size, 5G",
    "thorax.object-store.read-timeout, 1h"
  })
  void whatIsJustInRangeIsTaken(String key, String value) {
    ConfigurationCheck.assertTaken(ObjectStoreConfig.class, key, value);
  }
}
