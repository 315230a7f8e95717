package io.thorax.model;

import io.thorax.study.Failure;
import io.thorax.study.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A model on disk:
 *
 * <pre>
 *   manifest.json     {@link ModelManifest}
 *   plain/            SavedModel, signatures serving_default and grad_cam ({@link PlainModel})
 *   folded/graph.pb   frozen graph for serving ({@link InferenceGraph})
 * </pre>
 */
public final class ModelBundle {
  public static final String MANIFEST = "manifest.json";
  static final String PLAIN = "plain";
  static final String FOLDED_GRAPH = "folded/graph.pb";

  private static final int BUFFER_BYTES = 1 << 18;

  private ModelBundle() {}

  /**
   * Writes a network as it is now. The manifest comes last: where it is, all of the bundle is.
   *
   * @param directory empty, or not there yet
   * @throws IllegalArgumentException if the draft does not fit the network, or the directory holds
   *     something
   * @throws Failure.Poison if a file cannot be written
   */
  public static ModelManifest export(
      TrainableNetwork network, ManifestDraft draft, Path directory) {
    requireFits(network, draft);
    try {
      requireEmpty(Files.createDirectories(directory));
      NetworkState weights = network.weights();
      PlainModelExport.write(
          network.spec(), network.height(), network.width(), weights, directory.resolve(PLAIN));
      writeFolded(network, weights, directory.resolve(FOLDED_GRAPH));
      ModelManifest manifest = manifest(network, draft, digests(directory));
      Files.writeString(directory.resolve(MANIFEST), manifest.toJson());
      return manifest;
    } catch (IOException e) {
      throw new Failure.Poison("the model's bundle cannot be written", e);
    }
  }

  /**
   * The manifest of a bundle, once every file of it agrees with it.
   *
   * @throws Failure.Poison if the manifest is missing or invalid, a file is missing or altered, or
   *     the model's digest is not that of its content
   */
  public static ModelManifest verify(Path directory) {
    try {
      ModelManifest manifest = ModelManifest.ofJson(Files.readString(directory.resolve(MANIFEST)));
      for (Map.Entry<String, Sha256> file : manifest.files().entrySet()) {
        if (!digest(directory.resolve(file.getKey())).equals(file.getValue())) {
          throw new Failure.Poison("the model's file " + file.getKey() + " is altered");
        }
      }
      if (!manifest.computeDigest().equals(manifest.digest())) {
        throw new Failure.Poison("the model is not what its digest says");
      }
      if (!manifest.files().containsKey(FOLDED_GRAPH)) {
        throw new Failure.Poison("the model has no graph for serving");
      }
      return manifest;
    } catch (IOException | IllegalArgumentException e) {
      throw new Failure.Poison("the model's bundle cannot be read", e);
    }
  }

  private static void requireFits(TrainableNetwork network, ManifestDraft draft) {
    if (draft.classes().size() != network.classes()
        || draft.inputSpec().height() != network.height()
        || draft.inputSpec().width() != network.width()) {
      throw new IllegalArgumentException("classes or input size are not those of the network");
    }
  }

  private static void requireEmpty(Path directory) throws IOException {
    try (Stream<Path> content = Files.list(directory)) {
      if (content.findAny().isPresent()) {
        throw new IllegalArgumentException("a bundle is written into an empty directory");
      }
    }
  }

  private static void writeFolded(TrainableNetwork network, NetworkState weights, Path file)
      throws IOException {
    Files.createDirectories(file.getParent());
    StableProtobuf.write(
        FoldedGraph.build(network.spec(), network.height(), network.width(), weights), file);
  }

  private static ModelManifest manifest(
      TrainableNetwork network, ManifestDraft draft, Map<String, Sha256> files) {
    Map<String, String> versions = new TreeMap<>(draft.versions());
    versions.put("tensorflow", TensorFlowRuntime.load());
    versions.put("java", Runtime.version().toString());
    return new ModelManifest(
        ModelManifest.digest(
            files,
            draft.classes(),
            draft.positiveClass(),
            draft.inputSpec(),
            network.spec(),
            draft.threshold()),
        draft.name(),
        draft.classMode(),
        draft.classes(),
        draft.positiveClass(),
        draft.threshold(),
        draft.inputSpec(),
        network.spec(),
        draft.optimizer(),
        draft.datasetDigest(),
        draft.metrics(),
        versions,
        draft.createdAt(),
        files);
  }

  private static Map<String, Sha256> digests(Path directory) throws IOException {
    Map<String, Sha256> digests = new TreeMap<>();
    try (Stream<Path> content = Files.walk(directory)) {
      for (Path file : content.filter(Files::isRegularFile).toList()) {
        digests.put(directory.relativize(file).toString().replace('\\', '/'), digest(file));
      }
    }
    return digests;
  }

  private static Sha256 digest(Path file) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream input = Files.newInputStream(file)) {
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return Sha256.of(digest);
  }
}
