package io.thorax.quickstart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thorax.synthetic.BadFiles;
import java.nio.file.Path;
import java.util.List;

/** What the quick start works on: drawn radiographs, or real ones. */
interface DemoData {
  /** How many of the uploads must be rejected. */
  int CORRUPT = 1;

  /** An X-ray to be read; by REST, or put into the store and told by an event. */
  record Upload(String key, byte[] content, String mediaType, boolean byRest) {}

  String description();

  /** The folder that the service may read from. */
  Path root();

  ObjectNode datasetRequest();

  ObjectNode trainingRequest(String datasetDigest);

  List<Upload> uploads();

  Truth truth();

  /** Every demonstration has one file that must be rejected. */
  static Upload corrupt() {
    return new Upload("demo/corrupt.png", BadFiles.corruptPng(1), "image/png", false);
  }

  /** A file for the commands that are printed. */
  Path sample();

  static DemoData make(QuickstartOptions options) {
    return options
        .dataFolder()
        .<DemoData>map(RealXrays::new)
        .orElseGet(() -> SyntheticXrays.draw(Path.of(".stack", "demo")));
  }
}
