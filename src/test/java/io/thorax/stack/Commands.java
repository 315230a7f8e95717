package io.thorax.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Short commands that are waited for. */
final class Commands {
  private Commands() {}

  /** The JVM that runs this one: the children run on the same. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  static boolean works(String... command) {
    try {
      return execute(List.of(command)).exitValue == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * @return the output
   * @throws IllegalStateException with the output, if the command fails
   */
  static String run(List<String> command) {
    try {
      Result result = execute(command);
      if (result.exitValue != 0) {
        throw new IllegalStateException(
            command.get(0) + " ended with " + result.exitValue + ":\n" + result.output);
      }
      return result.output;
    } catch (IOException e) {
      throw new IllegalStateException(command.get(0) + " cannot be run", e);
    }
  }

  private static Result execute(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Result(process.waitFor(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + command.get(0) + " ran", e);
    }
  }

  private record Result(int exitValue, String output) {}
}
