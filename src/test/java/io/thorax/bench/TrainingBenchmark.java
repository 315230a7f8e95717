package io.thorax.bench;

import com.sun.management.OperatingSystemMXBean;
import io.thorax.dataset.ClassMode;
import io.thorax.dataset.PixelSet;
import io.thorax.imaging.InputSpec;
import io.thorax.imaging.InputTransform;
import io.thorax.imaging.Natives;
import io.thorax.imaging.ReducedImage;
import io.thorax.model.NetworkSpec;
import io.thorax.model.OptimizerSpec;
import io.thorax.model.TrainableNetwork;
import io.thorax.study.Sha256;
import io.thorax.training.Cancellation;
import io.thorax.training.CheckpointFiles;
import io.thorax.training.EpochProgress;
import io.thorax.training.ExperimentType;
import io.thorax.training.ImbalanceStrategy;
import io.thorax.training.KeptCheckpoints;
import io.thorax.training.MetricName;
import io.thorax.training.StepProgress;
import io.thorax.training.Trainer;
import io.thorax.training.TrainerSettings;
import io.thorax.training.TrainingData;
import io.thorax.training.TrainingListener;
import io.thorax.training.TrainingPlan;
import io.thorax.training.TrainingSubject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * How much of the bare training step's speed a whole training keeps: shuffled, turned, standardised
 * batches, metrics and a checkpoint. Measured with the default binary network at 224 x 224, batch
 * 32, in one run: bare steps on one batch that lies ready, then epochs by {@link Trainer}.
 */
public final class TrainingBenchmark {
  private static final int BATCH = 32;
  private static final int WARM_UP_STEPS = 2;

  private TrainingBenchmark() {}

  /**
   * @param bareImagesPerSecond of {@link TrainableNetwork#train} alone
   * @param epochImagesPerSecond of a whole epoch: steps, metrics, checkpoint, one image validated
   * @param cpuRatio processor seconds an image of the bare step over those of the whole epoch: what
   *     the ratio of speeds comes to on a machine with nothing else to do and no idle core
   * @param waited share of the epoch that steps waited for batches
   * @param prepareMillis one thread's time to turn and standardise one image, nothing else running
   */
  public record Result(
      int images,
      double bareImagesPerSecond,
      double epochImagesPerSecond,
      double cpuRatio,
      double waited,
      double prepareMillis) {

    public double ratio() {
      return epochImagesPerSecond / bareImagesPerSecond;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "training, batch %d, %d images an epoch: bare step %.2f images/s, whole epoch %.2f"
              + " images/s, ratio %.3f (by processor time %.3f); waited for batches %.2f %%; preparation %.2f ms an image",
          BATCH,
          images,
          bareImagesPerSecond,
          epochImagesPerSecond,
          ratio(),
          cpuRatio,
          100 * waited,
          prepareMillis);
    }
  }

  /**
   * @param images of an epoch; two epochs are run, the second is measured
   */
  public static Result measure(int images) {
    Natives.load();
    TrainingPlan plan = plan();
    Pace before = bare(plan, images / BATCH);
    Epochs epochs = train(plan, images);
    Pace after = bare(plan, images / BATCH);
    double bareCpu = (before.cpuSecondsPerImage() + after.cpuSecondsPerImage()) / 2;
    return new Result(
        images,
        2 / (before.secondsPerImage() + after.secondsPerImage()),
        images / epochs.seconds,
        bareCpu * images / epochs.cpuSeconds,
        epochs.waitedSeconds / epochs.seconds,
        prepareMillis());
  }

  private record Pace(double secondsPerImage, double cpuSecondsPerImage) {}

  /** Of all threads of this process. */
  private static double cpuSeconds() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() * 1e-9;
  }

  private static Epochs train(TrainingPlan plan, int images) {
    Epochs epochs = new Epochs();
    TrainingData data = new TrainingData(new Noise(images), new Noise(1), new Noise(0));
    try (Directory directory = new Directory(Files.createTempDirectory("thorax-bench"))) {
      new Trainer(TrainerSettings.DEFAULT)
          .train(plan, data, new KeptCheckpoints(directory), epochs, Cancellation.NEVER);
      return epochs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Pace bare(TrainingPlan plan, int steps) {
    InputSpec input = plan.subject().input();
    try (TrainableNetwork network =
            TrainableNetwork.create(
                plan.network(),
                input.height(),
                input.width(),
                2,
                new double[2],
                plan.optimizer(),
                plan.seed());
        TFloat32 images =
            TFloat32.tensorOf(Shape.of(BATCH, input.height(), input.width(), InputSpec.CHANNELS));
        TFloat32 targets = TFloat32.tensorOf(Shape.of(BATCH, 2));
        TFloat32 weights = TFloat32.tensorOf(Shape.of(BATCH))) {
      fill(images, targets, weights);
      for (int step = 0; step < WARM_UP_STEPS; step++) {
        network.train(images, targets, weights, step);
      }
      long begun = System.nanoTime();
      double cpuBegun = cpuSeconds();
      for (int step = 0; step < steps; step++) {
        network.train(images, targets, weights, WARM_UP_STEPS + step);
      }
      double count = steps * BATCH;
      return new Pace(
          (System.nanoTime() - begun) * 1e-9 / count, (cpuSeconds() - cpuBegun) / count);
    }
  }

  private static void fill(TFloat32 images, TFloat32 targets, TFloat32 weights) {
    float[] pixels = new float[(int) images.size()];
    Random random = new Random(1);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    images.asRawTensor().data().asFloats().write(pixels);
    for (int i = 0; i < BATCH; i++) {
      targets.setFloat(1, i, i % 2);
      targets.setFloat(0, i, 1 - i % 2);
      weights.setFloat(1, i);
    }
  }

  private static double prepareMillis() {
    InputTransform transform = new InputTransform(plan().subject().input());
    Noise pixels = new Noise(64);
    float[] out = new float[transform.spec().length()];
    long begun = 0;
    for (int pass = 0; pass < 4; pass++) {
      begun = System.nanoTime();
      for (int i = 0; i < pixels.size(); i++) {
        transform.standardise(transform.rotate(pixels.image(i), 7.5), out);
      }
    }
    return (System.nanoTime() - begun) * 1e-6 / pixels.size();
  }

  private static TrainingPlan plan() {
    return new TrainingPlan(
        new TrainingSubject(
            Sha256.ofUtf8("noise"),
            ClassMode.BINARY,
            List.of("non-COVID-19", "COVID-19"),
            "COVID-19",
            InputSpec.DEFAULT),
        NetworkSpec.dcnnBinary(),
        new OptimizerSpec.Adam(1e-5),
        ExperimentType.SINGLE,
        1,
        1,
        BATCH,
        2,
        7,
        ImbalanceStrategy.CLASS_WEIGHT,
        List.of(0.15, 1.0),
        10,
        List.of(0.5),
        List.of(MetricName.AUC),
        42);
  }

  /** Of the second epoch, from the end of the first: with the checkpoint between them. */
  private static final class Epochs implements TrainingListener {
    private double seconds;
    private double waitedSeconds;
    private double cpuSeconds;
    private long firstDone;
    private double firstCpu;

    @Override
    public void stepDone(StepProgress progress) {
      waitedSeconds += progress.epoch() == 2 ? progress.waited().toNanos() * 1e-9 : 0;
    }

    @Override
    public void epochDone(EpochProgress progress) {
      if (progress.epoch() == 1) {
        firstDone = System.nanoTime();
        firstCpu = TrainingBenchmark.cpuSeconds();
      } else {
        cpuSeconds = TrainingBenchmark.cpuSeconds() - firstCpu;
        seconds = (System.nanoTime() - firstDone) * 1e-9;
      }
    }
  }

  /** Checkpoints are really written, to a directory that is deleted in the end. */
  private record Directory(Path path) implements CheckpointFiles, AutoCloseable {
    @Override
    public List<String> names() {
      try (var files = Files.list(path)) {
        return files.map(file -> file.getFileName().toString()).toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void put(String name, Path file) {
      copy(file, path.resolve(name));
    }

    @Override
    public void get(String name, Path file) {
      copy(path.resolve(name), file);
    }

    @Override
    public void delete(String name) {
      try {
        Files.deleteIfExists(path.resolve(name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void copy(Path from, Path to) {
      try {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      names().forEach(this::delete);
      delete("");
    }
  }

  /** Gray noise, held in memory as a mapped cache would be. */
  private static final class Noise implements PixelSet {
    private final List<byte[]> images = new ArrayList<>();

    Noise(int size) {
      for (int i = 0; i < size; i++) {
        byte[] samples = new byte[InputSpec.DEFAULT.height() * InputSpec.DEFAULT.width()];
        new Random(i).nextBytes(samples);
        images.add(samples);
      }
    }

    @Override
    public int size() {
      return images.size();
    }

    @Override
    public int label(int index) {
      return index % 2;
    }

    @Override
    public ReducedImage image(int index) {
      byte[] samples = images.get(index);
      return new ReducedImage(
          InputSpec.DEFAULT.width(),
          InputSpec.DEFAULT.height(),
          1,
          Arrays.copyOf(samples, samples.length));
    }

    @Override
    public String id(int index) {
      return Integer.toString(index);
    }
  }

  /** Prints one line. */
  public static void main(String[] arguments) {
    System.out.println(measure(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 320));
  }
}
