package io.thorax.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings of a {@link ServiceProcess}. */
public final class ServiceProcessBuilder {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String name;
  private final EmbeddedServer.Home home;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<String> jvmArguments =
      new ArrayList<>(
          List.of(
              "--enable-native-access=ALL-UNNAMED", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"));
  private Path jar = StackFiles.target().resolve("quarkus-app").resolve("quarkus-run.jar");
  private String maximumHeap = "1g";
  private int port;
  private Duration patience = PATIENCE;

  ServiceProcessBuilder(String name, EmbeddedServer.Home home) {
    this.name = name;
    this.home = home;
  }

  public ServiceProcessBuilder environment(Map<String, String> more) {
    environment.putAll(more);
    return this;
  }

  /** A key of the configuration: {@code thorax.training.batch-size}, given as a variable. */
  public ServiceProcessBuilder set(String key, String value) {
    environment.put(variable(key), value);
    return this;
  }

  /** As MicroProfile Config maps a key to an environment variable. */
  static String variable(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(java.util.Locale.ROOT);
  }

  /** The channels it serves; all of them, if not set. */
  public ServiceProcessBuilder roles(String... roles) {
    return set("thorax.roles", String.join(",", roles));
  }

  /** 0, the default, takes any free port, which then stays the same over every restart. */
  public ServiceProcessBuilder httpPort(int newPort) {
    port = newPort;
    return this;
  }

  /** Instead of {@code target/quarkus-app/quarkus-run.jar}. */
  public ServiceProcessBuilder jar(Path newJar) {
    jar = newJar;
    return this;
  }

  /** As {@code -Xmx} takes it; 1g if not set. */
  public ServiceProcessBuilder maximumHeap(String newMaximum) {
    maximumHeap = newMaximum;
    return this;
  }

  public ServiceProcessBuilder jvmArgument(String argument) {
    jvmArguments.add(argument);
    return this;
  }

  /** How long it may take to become ready, and to stop. */
  public ServiceProcessBuilder patience(Duration newPatience) {
    patience = newPatience;
    return this;
  }

  /** Not started yet. */
  public ServiceProcess build() {
    int httpPort = port == 0 ? Ports.free() : port;
    Map<String, String> whole = new LinkedHashMap<>(environment);
    whole.put("QUARKUS_HTTP_PORT", Integer.toString(httpPort));
    whole.putIfAbsent("QUARKUS_HTTP_HOST", Ports.HOST);
    List<String> command = new ArrayList<>(List.of(Commands.java(), "-Xmx" + maximumHeap));
    command.addAll(jvmArguments);
    command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
    return new ServiceProcess("service-" + name, home, command, whole, httpPort, patience);
  }
}
