package io.thorax.dataset;

import io.thorax.ConfigurationCheck;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetConfigTest {

  @ParameterizedTest
  @CsvSource({
    "thorax.dataset.val-split, 0.95",
    "thorax.dataset.test-split, 0.92",
    "thorax.dataset.classes.binary, one",
    "thorax.dataset.classes.binary, 'one,two,three'",
    "thorax.dataset.classes.multiclass, one",
    "thorax.dataset.limits.max-metadata-size, 2G"
  })
  void whatCannotWorkEndsTheStart(String key, String value) {
    ConfigurationCheck.assertRefused(DatasetConfig.class, key, value);
  }

  @ParameterizedTest
  @CsvSource({"thorax.dataset.val-split, 0.89", "thorax.dataset.classes.multiclass, 'one,two'"})
  void whatIsJustInRangeIsTaken(String key, String value) {
    ConfigurationCheck.assertTaken(DatasetConfig.class, key, value);
  }
}
