package io.thorax.dataset;

import static io.thorax.dataset.DatasetFixtures.BINARY;
import static io.thorax.dataset.DatasetFixtures.withRsna;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OmissionTest extends OnAssembler {
  @Test
  void unreadableImagesAreCountedByReasonAndNotFatal() {
    RawLayout layout = new RawLayout(folders(5, 5).get(Layout.FOLDER));
    layout.text("COVID-19/text.png", "no picture at all");
    byte[] whole = RawLayout.encode("png", 777);
    layout.bytes("COVID-19/cut.png", Arrays.copyOf(whole, whole.length / 2));
    AssembledDataset dataset = assemble(Map.of(Layout.FOLDER, layout.root()), BINARY);
    assertEquals(10, dataset.summary().images());
    assertEquals(
        Map.of("unsupported-format", 1, "corrupt", 1), dataset.summary().leftOut().get("folder"));
  }

  @Test
  void theSameBytesUnderTwoNamesAreOneImage() {
    RawLayout layout = new RawLayout(folders(5, 5).get(Layout.FOLDER));
    layout.png("COVID-19/copy.png", 1000);
    AssembledDataset dataset = assemble(Map.of(Layout.FOLDER, layout.root()), BINARY);
    assertEquals(10, dataset.summary().images());
    assertEquals(Map.of("repeated-content", 1), dataset.summary().leftOut().get("folder"));
  }

  @Test
  void theSameBytesInTwoClassesAreLeftOut() {
    RawLayout layout = new RawLayout(folders(5, 5).get(Layout.FOLDER));
    layout.png("normal/copy.png", 1000);
    AssembledDataset dataset = assemble(Map.of(Layout.FOLDER, layout.root()), BINARY);
    assertEquals(9, dataset.summary().images());
    assertEquals(Map.of("conflicting-labels", 2), dataset.summary().leftOut().get("folder"));
    assertEquals(9, pixels(dataset).size());
  }

  @Test
  void rsnaTakesTheFirstUsableImagesOfEachKindInTheOrderOfTheFile() {
    RawLayout layout = new RawLayout(raw.resolve("rsna"));
    StringBuilder labels = new StringBuilder("patientId,x,y,width,height,Target");
    for (int i = 0; i < 12; i++) {
      labels.append("\nn").append(i).append(",,,,,0\np").append(i).append(",1,1,1,1,1");
      layout.dicom(rsnaPath("n" + i), i, i == 1 ? "LL" : "PA");
      layout.dicom(rsnaPath("p" + i), 100 + i, i == 0 ? "" : "AP");
    }
    layout.text("stage_2_train_labels.csv", labels.toString());
    layout.bytes(rsnaPath("n2"), new byte[] {1, 2, 3});
    DatasetRules rules =
        withRsna(DatasetFixtures.rules(ClassMode.MULTICLASS, "normal", "other_pneumonia"), 9);
    AssembledDataset dataset = assemble(Map.of(Layout.RSNA, layout.root()), rules);
    assertEquals(
        Stream.of("n0", "n3", "n4", "n5", "p1", "p2", "p3", "p4", "p5")
            .map(OmissionTest::rsnaPath)
            .toList(),
        dataset.catalogue().entries().stream().map(CatalogueEntry::path).toList());
    assertEquals(
        Map.of(
            "other-view",
            1,
            "unknown-view",
            1,
            "unsupported-format",
            1,
            "beyond-num-rsna-images",
            12),
        dataset.summary().leftOut().get("rsna"));
    assertEquals("PA", dataset.catalogue().entries().get(0).view().orElseThrow());
  }

  private static String rsnaPath(String id) {
    return "stage_2_train_images/" + id + ".dcm";
  }
}
