package io.thorax.persistence;

import io.thorax.ConfigurationCheck;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseConfigTest {

  @ParameterizedTest
  @CsvSource({"thorax.database.timeout, 0s"})
  void whatCannotWorkEndsTheStart(String key, String value) {
    ConfigurationCheck.assertRefused(DatabaseConfig.class, key, value);
  }

  @ParameterizedTest
  @CsvSource({"thorax.database.timeout, 100ms"})
  void whatIsJustInRangeIsTaken(String key, String value) {
    ConfigurationCheck.assertTaken(DatabaseConfig.class, key, value);
  }
}
