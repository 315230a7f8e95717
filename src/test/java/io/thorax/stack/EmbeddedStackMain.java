package io.thorax.stack;

import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts the stack and keeps it up until Ctrl-C. From the module's directory:
 *
 * <pre>{@code
 * ./mvnw -q test-compile
 * java -cp target/test-classes:$(cat target/stack/test.classpath) io.thorax.stack.EmbeddedStackMain
 * }</pre>
 *
 * Settings go before the class name, as {@code -Dstack.kafka.port=0 -Dstack.clean=true}; {@link
 * EmbeddedStackBuilder} lists them.
 */
public final class EmbeddedStackMain {
  private EmbeddedStackMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
    Logger kafkaClient = Logger.getLogger("org.apache.kafka");
    kafkaClient.setLevel(Level.SEVERE);
    EmbeddedStack stack;
    try {
      stack = EmbeddedStack.builder().start();
    } catch (IllegalStateException e) {
      System.err.println("The stack did not start: " + e.getMessage());
      System.exit(1);
      return;
    }
    System.out.println("Ready. For the service:");
    for (Map.Entry<String, String> entry : new TreeMap<>(stack.serviceEnvironment()).entrySet()) {
      System.out.println("  export " + entry.getKey() + "=" + entry.getValue());
    }
    System.out.println("Ctrl-C stops it; the data stays.");
    Thread.currentThread().join();
  }
}
