package io.thorax.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.thorax.imaging.InputSpec;
import io.thorax.study.ModelIdentity;
import io.thorax.study.Sha256;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a model is, beside its files.
 *
 * @param digest SHA-256 over the canonical JSON of files, classes, positiveClass, inputSpec,
 *     network and threshold: all that its answers depend on
 * @param name for people
 * @param classMode binary or multiclass
 * @param classes in the order of the network's outputs
 * @param positiveClass the class that metrics and the threshold are about, one of the classes
 * @param threshold that the positive class's probability has to reach, from 0 to 1
 * @param inputSpec what is done to an image before the network
 * @param network its hyperparameters
 * @param optimizer that trained it
 * @param datasetDigest of the data set it was trained on
 * @param metrics by name, of the test set
 * @param versions of the software that trained it, by name
 * @param createdAt when the training ended
 * @param files SHA-256 of each file by its path in the bundle, with slashes
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ModelManifest(
    Sha256 digest,
    String name,
    String classMode,
    List<String> classes,
    String positiveClass,
    double threshold,
    InputSpec inputSpec,
    NetworkSpec network,
    OptimizerSpec optimizer,
    Sha256 datasetDigest,
    Map<String, Double> metrics,
    Map<String, String> versions,
    Instant createdAt,
    Map<String, Sha256> files) {

  private static final Set<String> CLASS_MODES = Set.of("binary", "multiclass");

  public ModelManifest {
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(inputSpec, "inputSpec");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(datasetDigest, "datasetDigest");
    Objects.requireNonNull(createdAt, "createdAt");
    classes = List.copyOf(classes);
    metrics = sorted(metrics);
    versions = sorted(versions);
    files = sorted(files);
    require(CLASS_MODES.contains(classMode), "classMode must be binary or multiclass");
    require(
        classes.size() >= 2 && Set.copyOf(classes).size() == classes.size(),
        "classes must be two or more, each once");
    require(classes.contains(positiveClass), "positiveClass must be one of the classes");
    require(threshold >= 0 && threshold <= 1, "threshold must be in [0, 1]");
    require(files.keySet().stream().allMatch(ModelManifest::isInside), "a file lies outside");
  }

  @JsonIgnore
  public ModelIdentity identity() {
    return new ModelIdentity(name, digest);
  }

  @JsonIgnore
  public int positiveIndex() {
    return classes.indexOf(positiveClass);
  }

  /** What the digest ought to be. */
  Sha256 computeDigest() {
    return digest(files, classes, positiveClass, inputSpec, network, threshold);
  }

  static Sha256 digest(
      Map<String, Sha256> files,
      List<String> classes,
      String positiveClass,
      InputSpec inputSpec,
      NetworkSpec network,
      double threshold) {
    return Sha256.ofUtf8(
        ManifestJson.canonical(
            Map.of(
                "files", files,
                "classes", classes,
                "positiveClass", positiveClass,
                "inputSpec", inputSpec,
                "network", network,
                "threshold", threshold)));
  }

  public String toJson() {
    return ManifestJson.write(this);
  }

  /**
   * @throws IllegalArgumentException if the text is no manifest
   */
  public static ModelManifest ofJson(String json) {
    return ManifestJson.read(json);
  }

  private static boolean isInside(String file) {
    Path path = Path.of(file);
    return !file.isEmpty()
        && !path.isAbsolute()
        && path.normalize().equals(path)
        && !path.startsWith("..")
        && file.indexOf('\\') < 0;
  }

  private static <V> Map<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
