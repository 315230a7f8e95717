package io.thorax.dataset;

import static io.thorax.dataset.DatasetFixtures.BINARY;
import static io.thorax.dataset.DatasetFixtures.MULTICLASS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import io.thorax.imaging.InputSpec;
import io.thorax.objectstore.InMemoryObjectStore;
import io.thorax.study.Sha256;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On the real collections, if THORAX_DATA names the folder that holds them with the manifest of
 * their labels. Prints what was counted.
 */
class RealDataTest {
  private static final Map<Layout, String> FOLDERS =
      Map.of(
          Layout.MILA, "covid-chestxray-dataset",
          Layout.FIGURE1, "Figure1-COVID-chestxray-dataset",
          Layout.RSNA, "rsna");

  private static final List<List<String>> SAME_PICTURES =
      List.of(
          List.of(
              "images/16660_2_1.jpg",
              "images/covid-19-rapidly-progressive-acute-respiratory-distress-syndrome-ards-"
                  + "admission.jpg"),
          List.of(
              "images/353889E0-A1E8-4F9E-A0B8-F24F36BCFBFB.jpeg", "images/case_72_RX-TORACE1.jpg"),
          List.of("images/9C34AF49-E589-44D5-92D3-168B3B04E4A6.jpeg", "images/COVID-00022.jpg"),
          List.of("images/A7E260CE-8A00-4C5F-A7F5-27336527A981.jpeg", "images/case_76_1-3.png"),
          List.of("images/AR-1.jpg", "images/extubation-1.jpg"),
          List.of("images/COVID-00033.jpg", "images/COVID-00037.jpg"));

  @TempDir Path work;
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private Path data;

  @BeforeEach
  void findData() {
    Optional<String> named =
        Optional.ofNullable(System.getProperty("THORAX_DATA"))
            .or(() -> Optional.ofNullable(System.getenv("THORAX_DATA")))
            .filter(name -> !name.isBlank());
    assumeTrue(named.isPresent(), "THORAX_DATA is not set");
    data = Path.of(named.get()).toAbsolutePath();
    store.ensureBucket(DatasetFixtures.BUCKET);
  }

  @Test
  void binaryHasTheManifestsLabels() throws IOException {
    AssembledDataset dataset = assemble(BINARY);
    assertEquals(manifest(BINARY), labelsByFile(dataset));
    assertNothingLeaks(dataset);
    assertEquals(List.of(), dataset.summary().missing());
    assertNearShares(dataset);
  }

  @Test
  void multiclassHasTheManifestsLabels() throws IOException {
    AssembledDataset dataset = assemble(MULTICLASS);
    assertEquals(manifest(MULTICLASS), labelsByFile(dataset));
    assertNothingLeaks(dataset);
    assertEquals(List.of(), dataset.summary().missing());
    assertNearShares(dataset);
  }

  private AssembledDataset assemble(DatasetRules rules) {
    Map<Layout, Path> roots = new TreeMap<>();
    FOLDERS.forEach((layout, folder) -> roots.put(layout, data.resolve(folder)));
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long busy = system.getProcessCpuTime();
    long start = System.nanoTime();
    AssembledDataset dataset =
        DatasetFixtures.assembler(store, data, work)
            .assemble(DatasetFixtures.spec(roots, rules), InputSpec.DEFAULT, ProgressListener.NONE);
    System.out.printf(
        "%s: %.1f s, %.1f s of processor, digest %s%n%s%n",
        rules.classMode(),
        (System.nanoTime() - start) / 1e9,
        (system.getProcessCpuTime() - busy) / 1e9,
        dataset.digest(),
        dataset.summaryJson());
    return dataset;
  }

  /** Label by file, of what the manifest has as a frontal X-ray with one of the classes. */
  private Map<String, String> manifest(DatasetRules rules) throws IOException {
    Table table =
        Table.parse(
            Files.readAllBytes(data.resolve("manifest.csv")),
            StandardCharsets.UTF_8,
            "manifest",
            "file",
            "label",
            "frontal",
            "modality");
    Map<String, String> labels = new TreeMap<>();
    Set<Sha256> seen = new HashSet<>();
    for (CSVRecord row : table.rows()) {
      String label = row.get("label");
      if (rules.classMode() == ClassMode.BINARY && !label.equals("COVID-19")) {
        label = label.equals("unlabelled") ? label : "non-COVID-19";
      }
      boolean wanted =
          row.get("frontal").equals("1")
              && !row.get("modality").equals("CT")
              && rules.classes().contains(label);
      if (wanted && seen.add(Sha256.of(Files.readAllBytes(data.resolve(row.get("file")))))) {
        labels.put(row.get("file"), label);
      }
    }
    return labels;
  }

  private static Map<String, String> labelsByFile(AssembledDataset dataset) {
    Map<String, String> labels = new TreeMap<>();
    for (CatalogueEntry entry : dataset.catalogue().entries()) {
      labels.put(FOLDERS.get(entry.source()) + "/" + entry.path(), entry.labelName());
    }
    return labels;
  }

  private static void assertNothingLeaks(AssembledDataset dataset) {
    Map<String, Split> splitOf = new HashMap<>();
    Map<String, Split> byPath = new HashMap<>();
    for (CatalogueEntry entry : dataset.catalogue().entries()) {
      byPath.put(entry.path(), entry.split());
      for (String patient : entry.patients()) {
        assertEquals(entry.split(), splitOf.merge(patient, entry.split(), (a, b) -> a), patient);
      }
    }
    for (List<String> pair : SAME_PICTURES) {
      assertTrue(byPath.containsKey(pair.get(0)), pair.get(0));
      if (byPath.containsKey(pair.get(1))) {
        assertEquals(byPath.get(pair.get(0)), byPath.get(pair.get(1)), pair.get(0));
      }
    }
  }

  private static void assertNearShares(AssembledDataset dataset) {
    DatasetSummary summary = dataset.summary();
    summary
        .classes()
        .forEach(
            (label, images) -> {
              assertEquals(
                  0.1 * images, summary.splits().get("test").classes().get(label), 2, label);
              assertEquals(
                  0.08 * images, summary.splits().get("val").classes().get(label), 2, label);
            });
  }
}
