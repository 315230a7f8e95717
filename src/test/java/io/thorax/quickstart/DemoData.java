package io.thorax.quickstart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the quick start works on: drawn radiographs, or real ones. */
interface DemoData {

  /** An X-ray to be read; by REST, or put into the store and told by an event. */
  record Upload(String key, byte[] content, String mediaType, boolean byRest) {}

  String description();

  /** The folder that the service may read from. */
  Path root();

  ObjectNode datasetRequest();

  ObjectNode trainingRequest(String datasetDigest);

  List<Upload> uploads();

  /** What each upload shows, by its key. */
  Map<String, String> truth();

  int expectedRejections();

  /** A file for the commands that are printed. */
  Path sample();

  /** REST stores an upload under a key of its own. */
  void storedAs(String key, String storedKey);

  static DemoData make(QuickstartOptions options) {
    return options
        .dataFolder()
        .<DemoData>map(folder -> new RealXrays(folder, new HashMap<>()))
        .orElseGet(() -> SyntheticXrays.draw(Path.of(".stack", "demo")));
  }
}
