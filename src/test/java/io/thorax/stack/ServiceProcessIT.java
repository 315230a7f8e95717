package io.thorax.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessIT {
  @TempDir Path directory;
  private Path jar;

  @BeforeEach
  void packFakeService() throws IOException {
    jar = directory.resolve("fake.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Class<?> type : new Class<?>[] {FakeService.class, Ports.class}) {
        String entry = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(entry));
        try (InputStream in = type.getClassLoader().getResourceAsStream(entry)) {
          in.transferTo(out);
        }
      }
    }
  }

  private ServiceProcessBuilder service(String name) {
    EmbeddedServer.Home home =
        new EmbeddedServer.Home(
            directory,
            directory.resolve("logs"),
            directory.resolve("pids"),
            Duration.ofSeconds(30));
    return new ServiceProcessBuilder(name, home).jar(jar).patience(Duration.ofSeconds(60));
  }

  @Test
  void comesBackOnTheSamePortAfterAKill() {
    try (ServiceProcess worker = service("worker").roles("classify", "api").build()) {
      worker.start();
      worker.awaitReady();
      worker.awaitLog(Pattern.compile("roles classify,api"));
      assertTrue(worker.isReady());
      long first = worker.pid();

      worker.kill();
      assertFalse(worker.isRunning());
      assertFalse(worker.isReady());
      assertFalse(worker.logSinceStart().contains("drained"));

      worker.start();
      worker.awaitReady();
      assertNotEquals(first, worker.pid());
      assertTrue(worker.startTime().toMillis() > 0);
    }
  }

  @Test
  void drainsOnTerminate() {
    ServiceProcess worker = service("worker").build();
    worker.start();
    worker.awaitReady();

    assertTrue(worker.terminate());

    assertFalse(worker.isRunning());
    assertTrue(worker.logSinceStart().contains("drained"));
  }

  @Test
  void severalRunBesideOneAnother() {
    try (ServiceProcess one = service("one").build();
        ServiceProcess two = service("two").build()) {
      one.start();
      two.start();
      one.awaitReady();
      two.awaitReady();
      assertNotEquals(one.uri(), two.uri());
      assertNotEquals(one.pid(), two.pid());
    }
  }

  @Test
  void saysWhyItDidNotComeUp() {
    try (ServiceProcess broken = service("broken").set("thorax.fake.fails", "true").build()) {
      broken.start();
      String message = assertThrows(IllegalStateException.class, broken::awaitReady).getMessage();
      assertTrue(message.contains("status 3"), message);
      assertTrue(message.contains("thorax.fake.fails: must not be true"), message);
    }
  }

  @Test
  void mapsKeysToVariablesAsMicroProfileDoes() {
    assertEquals(
        "THORAX_TRAINING_BATCH_SIZE", ServiceProcessBuilder.variable("thorax.training.batch-size"));
  }
}
