package io.thorax.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import io.thorax.ConfigurationCheck;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowConfigTest {
  private static final String ARTIFACTS_BUCKET = "thorax.object-store.artifacts-bucket";
  private static final String ALLOWED_BUCKETS = "thorax.workflow.allowed-buckets";

  @Test
  void theDocumentedFileSaysTheDefaults() throws IOException {
    assertDefaults(config(Map.of()));
    assertDefaults(documented(Map.of()));
  }

  private static void assertDefaults(WorkflowConfig config) {
    assertEquals(Set.of("xrays", "thorax"), config.allowedBuckets());
    assertEquals(Duration.ofSeconds(30), config.lease());
    assertEquals(3, config.maxClaims());
    assertEquals(Duration.ofDays(7), config.checkpointRetention());
    assertEquals(Duration.ofMinutes(10), config.checkpointSweepInterval());
  }

  @Test
  void uploadsAreStillReadWhenTheArtifactsBucketIsRenamed() throws IOException {
    Map<String, String> renamed = Map.of(ARTIFACTS_BUCKET, "radiology");
    assertEquals(Set.of("xrays", "radiology"), config(renamed).allowedBuckets());
    assertEquals(Set.of("xrays", "radiology"), documented(renamed).allowedBuckets());
  }

  @Test
  void aListOfOnesOwnIsTakenAsItIs() {
    assertEquals(Set.of("a", "b"), config(Map.of(ALLOWED_BUCKETS, "a,b")).allowedBuckets());
  }

  @ParameterizedTest
  @CsvSource({
    "thorax.workflow.lease, 0s",
    "thorax.workflow.checkpoint-sweep-interval, 0s",
    "thorax.workflow.checkpoint-retention, -1s"
  })
  void whatCannotWorkEndsTheStart(String key, String value) {
    ConfigurationCheck.assertRefused(WorkflowConfig.class, key, value);
  }

  @ParameterizedTest
  @CsvSource({
    "thorax.workflow.lease, 1s",
    "thorax.workflow.checkpoint-sweep-interval, 1s",
    "thorax.workflow.checkpoint-retention, 0s"
  })
  void whatIsJustInRangeIsTaken(String key, String value) {
    ConfigurationCheck.assertTaken(WorkflowConfig.class, key, value);
  }

  private static WorkflowConfig config(Map<String, String> values) {
    return mapped(new SmallRyeConfigBuilder(), values);
  }

  private static WorkflowConfig documented(Map<String, String> values) throws IOException {
    var file = new YamlConfigSource(WorkflowConfigTest.class.getResource("/application.yaml"));
    return mapped(new SmallRyeConfigBuilder().withSources(file), values);
  }

  private static WorkflowConfig mapped(SmallRyeConfigBuilder builder, Map<String, String> values) {
    return builder
        .addDiscoveredConverters()
        .addDefaultInterceptors()
        .withMapping(WorkflowConfig.class)
        .withSources(new PropertiesConfigSource(values, "test", 1_000))
        .build()
        .getConfigMapping(WorkflowConfig.class);
  }
}
