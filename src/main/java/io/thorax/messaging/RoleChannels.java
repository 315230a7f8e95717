package io.thorax.messaging;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Opens the channels of this process's roles and no others: {@code thorax.roles} decides the {@code
 * enabled} attribute of every incoming channel.
 */
public final class RoleChannels implements ConfigSourceFactory {
  private static final String ALL = "classify,explain,train,dataset,api";
  private static final int BELOW_THE_ENVIRONMENT = 275;

  private static final Map<String, String> ROLE_OF_CHANNEL =
      Map.of(
          "xray-uploaded", "classify",
          "bucket-notifications", "classify",
          "dataset-requested", "dataset",
          "training-requested", "train");

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    ConfigValue roles = context.getValue("thorax.roles");
    Set<String> mine =
        Arrays.stream(
                (roles == null || roles.getValue() == null ? ALL : roles.getValue()).split(","))
            .map(role -> role.trim().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    Map<String, String> enabled = new HashMap<>();
    ROLE_OF_CHANNEL.forEach(
        (channel, role) ->
            enabled.put(
                "mp.messaging.incoming." + channel + ".enabled",
                Boolean.toString(mine.contains(role))));
    return List.of(new PropertiesConfigSource(enabled, "thorax-roles", BELOW_THE_ENVIRONMENT));
  }

  @Override
  public OptionalInt getPriority() {
    return OptionalInt.of(BELOW_THE_ENVIRONMENT);
  }
}
