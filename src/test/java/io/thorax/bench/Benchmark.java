package io.thorax.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Every figure is a ratio to a bound that was taken in the same run, so that it says something of
 * the code and not of the machine: {@code ./mvnw -Pbench}, or one part of it by {@code
 * -Dbench.only=network}, {@code pipeline} or {@code training}.
 */
public final class Benchmark {
  private static final int BATCH = 32;
  private static final int TRAINING_IMAGES = 320;

  private Benchmark() {}

  public static void main(String[] arguments) throws IOException {
    String only = System.getProperty("bench.only", "");
    Path bundle = Files.createTempDirectory("thorax-bench");
    NetworkBenchmark.exportDefault(bundle);
    System.out.println("Default network at 224 x 224; nothing else should run on the machine.");
    if (wanted(only, "network") || wanted(only, "pipeline")) {
      NetworkBenchmark.Report network = NetworkBenchmark.inference(bundle, 1, 8, BATCH);
      System.out.print(network);
      if (wanted(only, "pipeline")) {
        PipelineBenchmark.measure(bundle, network.imagesPerSecond("folded", BATCH))
            .forEach(System.out::println);
      }
    }
    if (wanted(only, "training")) {
      System.out.print(NetworkBenchmark.training(BATCH));
      System.out.println(TrainingBenchmark.measure(TRAINING_IMAGES));
    }
  }

  private static boolean wanted(String only, String part) {
    return only.isBlank() || only.equals(part);
  }
}
