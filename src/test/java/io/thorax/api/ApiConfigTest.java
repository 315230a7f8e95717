package io.thorax.api;

import io.thorax.ConfigurationCheck;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiConfigTest {

  @ParameterizedTest
  @CsvSource({
    "thorax.api.patience, 0s",
    "thorax.api.retry-after, 0s",
    "thorax.api.max-image-size, 2G",
    "thorax.api.max-request-size, 0",
    "thorax.api.upload-memory, 0"
  })
  void whatCannotWorkEndsTheStart(String key, String value) {
    ConfigurationCheck.assertRefused(ApiConfig.class, key, value);
  }

  @ParameterizedTest
  @CsvSource({
    "thorax.api.patience, 100ms",
    "thorax.api.max-image-size, 2147483639",
    "thorax.api.upload-memory, 8G"
  })
  void whatIsJustInRangeIsTaken(String key, String value) {
    ConfigurationCheck.assertTaken(ApiConfig.class, key, value);
  }
}
