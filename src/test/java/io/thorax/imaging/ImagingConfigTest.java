package io.thorax.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import io.thorax.ConfigurationCheck;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagingConfigTest {
  private static final AcquisitionPolicy FRONTAL =
      new AcquisitionPolicy(Set.of("CR", "DX"), Set.of("PA", "AP"), true);

  @Test
  void theDefaultsAreThoseOfTheTypes() {
    ImagingConfig config = config(Map.of());
    assertEquals(DecodingLimits.DEFAULT, config.decodingLimits());
    assertEquals(InputSpec.DEFAULT, config.inputSpec());
    assertEquals(FRONTAL, config.acquisitionPolicy());
  }

  @Test
  void theDocumentedFileSaysTheDefaults() throws IOException {
    var yaml = new YamlConfigSource(getClass().getResource("/application.yaml"));
    ImagingConfig config = mapped(new SmallRyeConfigBuilder().withSources(yaml));
    assertEquals(DecodingLimits.DEFAULT, config.decodingLimits());
    assertEquals(InputSpec.DEFAULT, config.inputSpec());
    assertEquals(FRONTAL, config.acquisitionPolicy());
    assertTrue(
        yaml.getPropertyNames().contains("thorax.imaging.input.text-removal.max-masked-share"));
  }

  @Test
  void anEmptyListAdmitsAll() {
    ImagingConfig config =
        config(
            Map.of(
                "thorax.imaging.dicom.modalities", "", "thorax.imaging.dicom.view-positions", ""));
    assertEquals(AcquisitionPolicy.ADMIT_ALL, config.acquisitionPolicy());
  }

  @Test
  void everyChoiceOfTheInputCanBeSet() {
    ImagingConfig config =
        config(
            Map.of(
                "thorax.imaging.input.height", "96",
                "thorax.imaging.input.interpolation", "nearest",
                "thorax.imaging.input.text-removal.method", "telea",
                "thorax.imaging.input.text-removal.max-masked-share", "1"));
    assertEquals(
        new InputSpec(
            96,
            224,
            Interpolation.NEAREST,
            new TextRemoval(true, 230, 10, TextRemoval.Method.TELEA, 1),
            Standardisation.SAMPLEWISE),
        config.inputSpec());
  }

  @Test
  void aWordThatIsNoChoiceIsRefusedByItsKey() {
    Exception refusal =
        assertThrows(
            RuntimeException.class,
            () -> config(Map.of("thorax.imaging.input.interpolation", "cubic")));
    assertTrue(refusal.getMessage().contains("thorax.imaging.input.interpolation"));
  }

  @ParameterizedTest
  @CsvSource({
    "thorax.imaging.limits.max-bytes, 2G",
    "thorax.imaging.limits.max-bytes, 0",
    "thorax.imaging.limits.max-pixels, 0"
  })
  void whatCannotWorkEndsTheStart(String key, String value) {
    ConfigurationCheck.assertRefused(ImagingConfig.class, key, value);
  }

  @ParameterizedTest
  @CsvSource({"thorax.imaging.limits.max-bytes, 2147483639", "thorax.imaging.limits.max-bytes, 1"})
  void whatIsJustInRangeIsTaken(String key, String value) {
    ConfigurationCheck.assertTaken(ImagingConfig.class, key, value);
  }

  private static ImagingConfig config(Map<String, String> values) {
    return mapped(
        new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(values, "test", 500)));
  }

  private static ImagingConfig mapped(SmallRyeConfigBuilder builder) {
    SmallRyeConfig config =
        builder
            .withConverter(MemorySize.class, 100, new MemorySizeConverter())
            .withMapping(ImagingConfig.class)
            .withValidateUnknown(false)
            .build();
    return config.getConfigMapping(ImagingConfig.class);
  }
}
