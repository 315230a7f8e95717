package io.thorax.workflow;

import org.eclipse.microprofile.config.ConfigProvider;

/** Which Thorax this is. */
final class Version {
  private Version() {}

  static String current() {
    return ConfigProvider.getConfig()
        .getOptionalValue("quarkus.application.version", String.class)
        .orElse("unknown");
  }
}
