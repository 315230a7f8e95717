package io.thorax.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleChannelsTest {
  private static final Set<String> ALL =
      Set.of("xray-uploaded", "bucket-notifications", "dataset-requested", "training-requested");

  @Test
  void aProcessWithoutARoleOfItsOwnServesEveryChannel() {
    assertEquals(ALL, enabled(new SmallRyeConfigBuilder()));
    assertEquals(ALL, enabled(roles("classify,explain,train,dataset,api")));
  }

  @ParameterizedTest
  @CsvSource({
    "classify, xray-uploaded bucket-notifications",
    "dataset, dataset-requested",
    "train, training-requested",
    "explain, ''",
    "api, ''"
  })
  void aRoleHasItsChannelsAndNoOthers(String role, String channels) {
    assertEquals(
        Stream.of(channels.split(" ")).filter(name -> !name.isEmpty()).collect(Collectors.toSet()),
        enabled(roles(role)));
  }

  @Test
  void rolesAreReadAsPeopleWriteThem() {
    assertEquals(
        Set.of("dataset-requested", "training-requested"), enabled(roles(" Train , DATASET,api")));
  }

  @Test
  void rolesMayBeAListInYaml() {
    YamlConfigSource yaml =
        new YamlConfigSource(
            "test",
            """
            thorax:
              roles:
                - train
                - api
            """,
            100);
    assertEquals(
        Set.of("training-requested"), enabled(new SmallRyeConfigBuilder().withSources(yaml)));
  }

  @Test
  void theEnvironmentMayCloseAChannelAndFilesMayNot() {
    String attribute = "mp.messaging.incoming.training-requested.enabled";
    assertTrue(
        enabled(roles("train").withSources(source(attribute, "false", 265)))
            .contains("training-requested"));
    assertEquals(Set.of(), enabled(roles("train").withSources(source(attribute, "false", 300))));
  }

  private static SmallRyeConfigBuilder roles(String roles) {
    return new SmallRyeConfigBuilder().withSources(source("thorax.roles", roles, 100));
  }

  private static ConfigSource source(String name, String value, int ordinal) {
    return new PropertiesConfigSource(Map.of(name, value), "test-" + ordinal, ordinal);
  }

  private static Set<String> enabled(SmallRyeConfigBuilder builder) {
    SmallRyeConfig config = builder.withSources(new RoleChannels()).build();
    return ALL.stream()
        .filter(
            channel ->
                config.getValue("mp.messaging.incoming." + channel + ".enabled", Boolean.class))
        .collect(Collectors.toSet());
  }
}
