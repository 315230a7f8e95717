package io.thorax.quickstart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thorax.client.ThoraxClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Real X-rays in the three raw layouts of the reference system, side by side in one folder. */
final class RealXrays implements DemoData {
  private static final String MILA = "covid-chestxray-dataset";
  private static final String FIGURE1 = "Figure1-COVID-chestxray-dataset";
  private static final String RSNA = "rsna";
  private static final int UPLOADS_A_SOURCE = 4;
  private static final int IMAGE_SIDE = 128;

  private final Path folder;
  private final Truth truth = new Truth();

  RealXrays(Path folder) {
    this.folder = folder;
    for (String layout : List.of(MILA, FIGURE1, RSNA)) {
      if (!Files.isDirectory(folder.resolve(layout))) {
        throw new IllegalArgumentException("data: no folder " + layout + " in " + folder);
      }
    }
  }

  @Override
  public String description() {
    return "the real X-rays in " + folder;
  }

  @Override
  public Path root() {
    return folder;
  }

  @Override
  public ObjectNode datasetRequest() {
    ObjectNode request = ThoraxClient.JSON.createObjectNode();
    request.put("name", "real");
    request
        .putObject("sources")
        .put("mila", folder.resolve(MILA).toString())
        .put("figure1", folder.resolve(FIGURE1).toString())
        .put("rsna", folder.resolve(RSNA).toString());
    request.putObject("input").put("height", IMAGE_SIDE).put("width", IMAGE_SIDE);
    return request;
  }

  /** The default network on smaller images, at a rate that gets somewhere in about ten minutes. */
  @Override
  public ObjectNode trainingRequest(String datasetDigest) {
    ObjectNode request = ThoraxClient.JSON.createObjectNode();
    request.put("name", "quickstart-real").put("dataset", datasetDigest);
    request.put("experiment", "single").put("promote", "champion");
    ObjectNode overrides = request.putObject("overrides");
    overrides.putArray("IMG_DIM").add(IMAGE_SIDE).add(IMAGE_SIDE);
    overrides.putArray("CLASS_MULTIPLIER").add(1).add(1);
    overrides.put("LR", 0.0001).put("EPOCHS", 12).put("PATIENCE", 4);
    return request;
  }

  @Override
  public List<Upload> uploads() {
    List<Upload> uploads = new ArrayList<>();
    add(uploads, folder.resolve(MILA).resolve("images"), false);
    add(uploads, folder.resolve(FIGURE1).resolve("images"), true);
    add(uploads, folder.resolve(RSNA).resolve("stage_2_train_images"), false);
    uploads.add(DemoData.corrupt());
    return uploads;
  }

  private static void add(List<Upload> uploads, Path images, boolean byRest) {
    try (Stream<Path> files = Files.list(images)) {
      for (Path file : files.sorted().filter(RealXrays::isImage).limit(UPLOADS_A_SOURCE).toList()) {
        String name = file.getFileName().toString();
        uploads.add(new Upload("demo/" + name, Files.readAllBytes(file), mediaType(name), byRest));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isImage(Path file) {
    return file.toString().matches("(?i).*\\.(png|jpe?g|dcm)");
  }

  private static String mediaType(String name) {
    if (name.endsWith(".dcm")) {
      return "application/dicom";
    }
    return name.endsWith(".png") ? "image/png" : "image/jpeg";
  }

  @Override
  public Truth truth() {
    return truth;
  }

  @Override
  public Path sample() {
    return folder.resolve(FIGURE1).resolve("images").resolve("COVID-00015a.png");
  }
}
