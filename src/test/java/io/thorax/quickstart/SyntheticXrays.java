package io.thorax.quickstart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thorax.client.ThoraxClient;
import io.thorax.synthetic.PictureWriter;
import io.thorax.synthetic.SyntheticDicom;
import io.thorax.synthetic.SyntheticRadiograph;
import io.thorax.synthetic.SyntheticRadiograph.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Drawn radiographs in a folder a class, half of them PNG, half DICOM. */
final class SyntheticXrays implements DemoData {
  private static final int IMAGES_A_CLASS = 240;
  private static final int UPLOADS_A_CLASS = 4;
  private static final long UPLOAD_SEED = 1_000_000;
  private static final int SIDE = 160;
  private static final String NEGATIVE = "non-COVID-19";
  private static final String POSITIVE = "COVID-19";

  private final Path folder;
  private final Path sample;
  private final Truth truth = new Truth();

  private SyntheticXrays(Path folder, Path sample) {
    this.folder = folder;
    this.sample = sample;
  }

  static SyntheticXrays draw(Path directory) {
    Path root = directory.toAbsolutePath().normalize();
    Path folder = root.resolve("synthetic-" + IMAGES_A_CLASS + "-" + SIDE);
    for (int i = 0; i < IMAGES_A_CLASS; i++) {
      write(folder.resolve(NEGATIVE), Finding.NORMAL, i);
      write(folder.resolve(POSITIVE), Finding.COVID_19, IMAGES_A_CLASS + i);
    }
    Path sample = root.resolve("sample.png");
    write(
        sample, PictureWriter.png(SyntheticRadiograph.of(Finding.COVID_19, UPLOAD_SEED - 1, SIDE)));
    return new SyntheticXrays(folder, sample);
  }

  private static void write(Path folder, Finding finding, int seed) {
    SyntheticRadiograph radiograph = SyntheticRadiograph.of(finding, seed, SIDE);
    if (seed % 2 == 0) {
      write(folder.resolve("p" + seed + ".png"), PictureWriter.png(radiograph));
    } else {
      write(folder.resolve("p" + seed + ".dcm"), SyntheticDicom.sixteenBit(radiograph));
    }
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String description() {
    return 2 * IMAGES_A_CLASS + " synthetic radiographs (PNG and DICOM)";
  }

  @Override
  public Path root() {
    return folder;
  }

  @Override
  public ObjectNode datasetRequest() {
    ObjectNode request = ThoraxClient.JSON.createObjectNode();
    request.put("name", "synthetic");
    request.putObject("sources").put("folder", folder.toString());
    request.put("valSplit", 0.15).put("testSplit", 0.15);
    request.putObject("input").put("height", 96).put("width", 96);
    return request;
  }

  @Override
  public ObjectNode trainingRequest(String datasetDigest) {
    ObjectNode request = ThoraxClient.JSON.createObjectNode();
    request.put("name", "quickstart").put("dataset", datasetDigest).put("experiment", "single");
    request.put("promote", "champion");
    ObjectNode overrides = request.putObject("overrides");
    overrides.putArray("IMG_DIM").add(96).add(96);
    overrides.putArray("CLASS_MULTIPLIER").add(1).add(1);
    overrides.put("INIT_FILTERS", 8).put("FILTER_EXP_BASE", 2).put("NODES_DENSE0", 32);
    overrides.put("LR", 0.001).put("DROPOUT", 0.2).put("BATCH_SIZE", 8);
    overrides.put("EPOCHS", 10).put("PATIENCE", 5);
    return request;
  }

  @Override
  public List<Upload> uploads() {
    List<Upload> uploads = new ArrayList<>();
    for (int i = 0; i < UPLOADS_A_CLASS; i++) {
      add(uploads, Finding.NORMAL, NEGATIVE, i);
      add(uploads, Finding.COVID_19, POSITIVE, i);
    }
    uploads.add(DemoData.corrupt());
    return uploads;
  }

  private void add(List<Upload> uploads, Finding finding, String shows, int number) {
    SyntheticRadiograph radiograph =
        SyntheticRadiograph.of(finding, UPLOAD_SEED + uploads.size(), SIDE);
    String name = "demo/" + finding.name().toLowerCase(Locale.ROOT) + "-" + number;
    Upload upload =
        switch (number % 3) {
          case 0 -> new Upload(name + ".png", PictureWriter.png(radiograph), "image/png", false);
          case 1 ->
              new Upload(
                  name + ".dcm", SyntheticDicom.sixteenBit(radiograph), "application/dicom", false);
          default ->
              new Upload(name + ".jpg", PictureWriter.jpeg(radiograph, 0.95), "image/jpeg", true);
        };
    truth.put(upload.key(), shows);
    uploads.add(upload);
  }

  @Override
  public Truth truth() {
    return truth;
  }

  @Override
  public Path sample() {
    return sample;
  }
}
