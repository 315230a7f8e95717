package io.thorax.bench;

import io.thorax.imaging.InputSpec;
import io.thorax.model.InferenceGraph;
import io.thorax.model.ManifestDraft;
import io.thorax.model.ModelBundle;
import io.thorax.model.NetworkSpec;
import io.thorax.model.OptimizerSpec;
import io.thorax.model.OutputBias;
import io.thorax.model.PlainModel;
import io.thorax.model.TrainableNetwork;
import io.thorax.study.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * How fast the bare network is, against the machine's matrix multiplication in the same run. The
 * figures of a run are the best of its rounds: every subject is measured once a round, so that
 * other load on the machine falls on all of them alike.
 */
public final class NetworkBenchmark {
  private static final InputSpec INPUT = InputSpec.DEFAULT;
  private static final NetworkSpec NETWORK = NetworkSpec.dcnnBinary();
  private static final int ROUNDS = 5;
  private static final double WINDOW_SECONDS = 1;
  private static final int MATRIX_SIDE = 2048;

  /** A session at a batch size: how many images a second. */
  public record Rate(String subject, int batch, double imagesPerSecond) {
    double gigaflops() {
      return imagesPerSecond * forwardFlops() / 1e9;
    }
  }

  /** What one run measured; the peak in GFLOP/s. */
  public record Report(double peakGigaflops, List<Rate> rates) {
    public double imagesPerSecond(String subject, int batch) {
      return rates.stream()
          .filter(rate -> rate.subject().equals(subject) && rate.batch() == batch)
          .mapToDouble(Rate::imagesPerSecond)
          .findFirst()
          .orElseThrow();
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      text.append(
          String.format(
              Locale.ROOT,
              "matmul peak %.1f GFLOP/s; %.2f GFLOP an image forward%n",
              peakGigaflops,
              forwardFlops() / 1e9));
      for (Rate rate : rates) {
        text.append(
            String.format(
                Locale.ROOT,
                "%-8s batch %3d  %7.2f images/s  %6.1f GFLOP/s forward  %.2f of the peak%n",
                rate.subject(),
                rate.batch(),
                rate.imagesPerSecond(),
                rate.gigaflops(),
                rate.gigaflops() / peakGigaflops));
      }
      return text.toString();
    }
  }

  private NetworkBenchmark() {}

  /**
   * The default network as a bundle, after one training step: fresh biases are zero, and TensorFlow
   * leaves a zero out, and with it what could be fused.
   */
  public static void exportDefault(Path directory) {
    try (TrainableNetwork network = defaultNetwork();
        Batch batch = new Batch(2)) {
      batch.train(network, 0);
      ManifestDraft draft =
          new ManifestDraft(
              "benchmark",
              "binary",
              List.of("non-COVID-19", "COVID-19"),
              "COVID-19",
              0.5,
              INPUT,
              new OptimizerSpec.Adam(1e-5),
              Sha256.ofUtf8("none"),
              Map.of(),
              Map.of(),
              Instant.now());
      ModelBundle.export(network, draft, directory);
    }
  }

  /** Plain SavedModel and folded graph at each batch size, and the peak. */
  public static Report inference(Path bundle, int... batches) {
    try (PlainModel plain = PlainModel.open(bundle, 0, 0);
        InferenceGraph folded = InferenceGraph.open(bundle, 0, 0);
        MatrixProduct product = new MatrixProduct()) {
      double peak = 0;
      double[] plainBest = new double[batches.length];
      double[] foldedBest = new double[batches.length];
      for (int round = 0; round < ROUNDS; round++) {
        peak = Math.max(peak, product.gigaflops());
        for (int i = 0; i < batches.length; i++) {
          try (TFloat32 images = images(batches[i])) {
            plainBest[i] = Math.max(plainBest[i], batches[i] * perSecond(() -> plain.run(images)));
            foldedBest[i] =
                Math.max(foldedBest[i], batches[i] * perSecond(() -> folded.run(images)));
          }
        }
      }
      List<Rate> rates = new ArrayList<>();
      for (int i = 0; i < batches.length; i++) {
        rates.add(new Rate("plain", batches[i], plainBest[i]));
        rates.add(new Rate("folded", batches[i], foldedBest[i]));
      }
      return new Report(peak, rates);
    }
  }

  /** Training steps of the default network. */
  public static Report training(int batch) {
    try (TrainableNetwork network = defaultNetwork();
        MatrixProduct product = new MatrixProduct();
        Batch images = new Batch(batch)) {
      double peak = 0;
      double best = 0;
      for (int round = 0; round < ROUNDS; round++) {
        long step = round;
        peak = Math.max(peak, product.gigaflops());
        best = Math.max(best, batch * perSecond(() -> images.train(network, step)));
      }
      return new Report(peak, List.of(new Rate("training", batch, best)));
    }
  }

  public static void main(String... arguments) throws Exception {
    Path bundle =
        arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("thorax-bench");
    exportDefault(bundle);
    System.out.print(inference(bundle, 1, 8, 32));
    System.out.print(training(32));
  }

  private static TrainableNetwork defaultNetwork() {
    return TrainableNetwork.create(
        NETWORK,
        INPUT.height(),
        INPUT.width(),
        2,
        OutputBias.logOdds(9, 1),
        new OptimizerSpec.Adam(1e-5),
        1);
  }

  private static TFloat32 images(int batch) {
    float[] values = new float[batch * INPUT.length()];
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    TFloat32 images = TFloat32.tensorOf(Shape.of(batch, INPUT.height(), INPUT.width(), 3));
    images.asRawTensor().data().asFloats().write(values);
    return images;
  }

  /** Multiplications and additions of the convolutions and dense layers, two for each weight. */
  static double forwardFlops() {
    double flops = 0;
    int rows = INPUT.height();
    int columns = INPUT.width();
    int channels = InputSpec.CHANNELS;
    int kernel = NETWORK.kernel().rows() * NETWORK.kernel().columns();
    for (int block = 0; block < NETWORK.convBlocks(); block++) {
      double filters = NETWORK.initialFilters() * Math.pow(NETWORK.filterExpBase(), block);
      flops += 2.0 * rows * columns * kernel * filters * (channels + filters);
      channels += (int) filters;
      rows = (rows + NETWORK.poolSize().rows() - 1) / NETWORK.poolSize().rows();
      columns = (columns + NETWORK.poolSize().columns() - 1) / NETWORK.poolSize().columns();
    }
    return flops + 2.0 * rows * columns * channels * NETWORK.denseNodes();
  }

  /** Calls a second, over at least a window, after one call that is not counted. */
  private static double perSecond(Runnable call) {
    call.run();
    long start = System.nanoTime();
    int calls = 0;
    double seconds;
    do {
      call.run();
      calls++;
      seconds = (System.nanoTime() - start) / 1e9;
    } while (seconds < WINDOW_SECONDS);
    return calls / seconds;
  }

  /** Images with targets of both classes in turn. */
  private static final class Batch implements AutoCloseable {
    private final TFloat32 images;
    private final TFloat32 targets;
    private final TFloat32 weights;

    Batch(int size) {
      images = images(size);
      targets = TFloat32.tensorOf(Shape.of(size, 2));
      weights = TFloat32.tensorOf(Shape.of(size));
      for (int i = 0; i < size; i++) {
        targets.setFloat(1 - i % 2, i, 0).setFloat(i % 2, i, 1);
        weights.setFloat(1, i);
      }
    }

    void train(TrainableNetwork network, long step) {
      network.train(images, targets, weights, step);
    }

    @Override
    public void close() {
      images.close();
      targets.close();
      weights.close();
    }
  }

  /** The product of two square matrices: the machine's peak, as far as TensorFlow reaches it. */
  private static final class MatrixProduct implements AutoCloseable {
    private final Graph graph = new Graph();
    private final Session session;
    private final TFloat32 matrix = TFloat32.tensorOf(Shape.of(MATRIX_SIDE, MATRIX_SIDE));

    MatrixProduct() {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> input =
          tf.withName("input")
              .placeholder(TFloat32.class, Placeholder.shape(Shape.of(MATRIX_SIDE, MATRIX_SIDE)));
      tf.withName("product").linalg.matMul(input, input);
      session = new Session(graph);
      float[] values = new float[MATRIX_SIDE * MATRIX_SIDE];
      for (int i = 0; i < values.length; i++) {
        values[i] = 1f / (1 + i % 97);
      }
      matrix.asRawTensor().data().asFloats().write(values);
    }

    double gigaflops() {
      return perSecond(this::multiply) * 2 * Math.pow(MATRIX_SIDE, 3) / 1e9;
    }

    private void multiply() {
      try (Result ignored = session.runner().feed("input", matrix).fetch("product").run()) {
        return;
      }
    }

    @Override
    public void close() {
      session.close();
      graph.close();
      matrix.close();
    }
  }
}
