package io.thorax.quickstart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param exit end after the demonstration
 * @param dataFolder holding the three raw layouts; empty makes synthetic radiographs
 * @param servicePort of HTTP
 */
record QuickstartOptions(boolean exit, Optional<Path> dataFolder, int servicePort) {

  /**
   * @throws IllegalArgumentException naming the property that is wrong
   */
  static QuickstartOptions fromSystemProperties() {
    return new QuickstartOptions(
        Boolean.parseBoolean(System.getProperty("quickstart.exit", "false")),
        folder(System.getProperty("data", "")),
        port(System.getProperty("quickstart.port", "8080")));
  }

  String serviceUrl() {
    return "http://127.0.0.1:" + servicePort;
  }

  private static Optional<Path> folder(String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    Path folder = Path.of(text).toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("data: no such folder: " + folder);
    }
    return Optional.of(folder);
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("quickstart.port: not a number: " + text, e);
    }
  }
}
