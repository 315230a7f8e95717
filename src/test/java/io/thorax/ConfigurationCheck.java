package io.thorax;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidatorImpl;
import java.time.Duration;
import java.util.Map;

/** Reads a configuration as the start of the service does: what is out of range ends it. */
public final class ConfigurationCheck {
  private ConfigurationCheck() {}

  /** The message names the key; without the value the configuration is taken. */
  public static void assertRefused(Class<?> mapping, String key, String value) {
    read(mapping, Map.of());
    ConfigValidationException refusal =
        assertThrows(
            ConfigValidationException.class, () -> read(mapping, Map.of(key, value)), () -> key);
    assertTrue(refusal.getMessage().contains(key), refusal::getMessage);
  }

  public static void assertTaken(Class<?> mapping, String key, String value) {
    read(mapping, Map.of(key, value));
  }

  private static void read(Class<?> mapping, Map<String, String> values) {
    new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addSystemSources()
        .withConverter(MemorySize.class, 200, new MemorySizeConverter())
        .withConverter(Duration.class, 200, new DurationConverter())
        .withValidator(new BeanValidationConfigValidatorImpl())
        .withMapping(mapping)
        .withSources(new PropertiesConfigSource(values, "test", 1_000))
        .build();
  }
}
