package io.thorax.inference;

import io.thorax.ConfigurationCheck;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferenceConfigTest {

  @ParameterizedTest
  @CsvSource({"thorax.inference.alias-refresh, 0s"})
  void whatCannotWorkEndsTheStart(String key, String value) {
    ConfigurationCheck.assertRefused(InferenceConfig.class, key, value);
  }

  @ParameterizedTest
  @CsvSource({"thorax.inference.alias-refresh, 100ms"})
  void whatIsJustInRangeIsTaken(String key, String value) {
    ConfigurationCheck.assertTaken(InferenceConfig.class, key, value);
  }
}
