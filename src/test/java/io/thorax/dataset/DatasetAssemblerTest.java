package io.thorax.dataset;

import static io.thorax.dataset.DatasetFixtures.BINARY;
import static io.thorax.dataset.DatasetFixtures.BUCKET;
import static io.thorax.dataset.DatasetFixtures.INPUT;
import static io.thorax.dataset.DatasetFixtures.assembler;
import static io.thorax.dataset.DatasetFixtures.withFolderPatients;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.objectstore.ObjectAddress;
import io.thorax.objectstore.ObjectSummary;
import io.thorax.study.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DatasetAssemblerTest extends OnAssembler {
  @Test
  void anAssembledDataSetIsStoredWholeAndOpensAgain() {
    AssembledDataset dataset = assemble(folders(20, 30), BINARY);
    assertEquals(50, dataset.summary().images());
    assertEquals(Map.of("COVID-19", 20, "non-COVID-19", 30), dataset.summary().classes());
    assertEquals(List.of(), dataset.summary().missing());
    dataset.artifacts().values().forEach(address -> assertTrue(store.exists(address)));
    String train = text(dataset.artifacts().get("train.csv"));
    assertEquals("filename,label,label_str,sha256,source,group", train.lines().findFirst().get());
    assertEquals(
        50 + 3,
        Stream.of("train.csv", "val.csv", "test.csv")
            .mapToLong(name -> text(dataset.artifacts().get(name)).lines().count())
            .sum());
    assertTrue(train.contains("folder/COVID-19/c"));
    AssembledDataset opened = library().open(dataset.digest());
    assertEquals(dataset.catalogue(), opened.catalogue());
    assertEquals(dataset.rules(), opened.rules());
    assertEquals(dataset.summary(), opened.summary());
  }

  @Test
  void itOwnsACopyOfEveryImage() throws IOException {
    AssembledDataset dataset = assemble(folders(3, 3), BINARY);
    for (CatalogueEntry entry : dataset.catalogue().entries()) {
      byte[] copy =
          store
              .get(
                  ObjectAddress.of(
                      BUCKET,
                      "images/" + entry.sha256().hex().substring(0, 2) + "/" + entry.sha256()),
                  1 << 20)
              .content();
      assertArrayEquals(Files.readAllBytes(raw.resolve("folder/" + entry.path())), copy);
    }
  }

  @Test
  void assemblingAgainChangesNothing() {
    Map<Layout, Path> roots = folders(10, 12);
    AssembledDataset first = assemble(roots, BINARY);
    Map<String, String> before = everything();
    AssembledDataset second = assemble(roots, BINARY);
    assertEquals(first.digest(), second.digest());
    assertEquals(before, everything());
  }

  @Test
  void theSameFilesFromTheStoreAreTheSameDataSet() throws IOException {
    AssembledDataset local = assemble(folders(10, 12), BINARY);
    store.ensureBucket("lake");
    try (Stream<Path> walk = Files.walk(raw.resolve("folder"))) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        String key = "raw/" + raw.resolve("folder").relativize(file);
        store.put(ObjectAddress.of("lake", key), Files.readAllBytes(file), "image/png");
      }
    }
    DatasetSpec remote =
        new DatasetSpec(
            "other name",
            Sources.of(Map.of(Layout.FOLDER, SourceLocation.parse("s3://lake/raw"))),
            BINARY);
    assertEquals(
        local.digest(),
        assembler(store, raw, work).assemble(remote, INPUT, ProgressListener.NONE).digest());
  }

  @Test
  void rulesThatDecideTheContentDecideTheDigest() {
    Map<Layout, Path> roots = folders(10, 12);
    assertNotEquals(
        assemble(roots, BINARY).digest(),
        assemble(roots, withFolderPatients(BINARY, "_", GroupBy.PATIENT)).digest());
  }

  @Test
  void theOrderOfTheRowsDoesNotMatter() {
    AssembledDataset one = assemble(Map.of(Layout.MILA, mila("a", false)), BINARY);
    AssembledDataset other = assemble(Map.of(Layout.MILA, mila("b", true)), BINARY);
    assertEquals(one.digest(), other.digest());
  }

  @Test
  void theSamePictureEncodedAnewStaysOnOneSideWithAllOfItsPatient() {
    RawLayout layout = new RawLayout(raw.resolve("folder"));
    for (int i = 0; i < 40; i++) {
      layout.png("COVID-19/p" + i + "_1.png", i);
      layout.jpeg("COVID-19/q" + i + "_1.jpg", i);
      layout.png("normal/p" + i + "_2.png", 100 + i);
    }
    AssembledDataset dataset =
        assemble(
            Map.of(Layout.FOLDER, layout.root()), withFolderPatients(BINARY, "_", GroupBy.PATIENT));
    assertEquals(40, dataset.summary().groups());
    assertEquals(40, dataset.summary().nearDuplicatePairs());
    Map<String, Split> byNumber = new HashMap<>();
    for (CatalogueEntry entry : dataset.catalogue().entries()) {
      String number = entry.path().replaceAll(".*/[pq]([0-9]+)_.*", "$1");
      Split known = byNumber.putIfAbsent(number, entry.split());
      assertTrue(known == null || known == entry.split(), entry.path());
    }
    assertEquals(40, byNumber.size());
    assertEquals(3, new HashSet<>(byNumber.values()).size());
  }

  @Test
  void byImagePatientsAreDividedButNotTheSamePicture() {
    RawLayout layout = new RawLayout(folders(5, 5).get(Layout.FOLDER));
    layout.jpeg("COVID-19/anew.jpg", 1000);
    AssembledDataset dataset =
        assemble(
            Map.of(Layout.FOLDER, layout.root()), withFolderPatients(BINARY, "-", GroupBy.IMAGE));
    assertEquals(11, dataset.summary().images());
    assertEquals(10, dataset.summary().groups());
  }

  private Path mila(String name, boolean reversed) {
    RawLayout layout = new RawLayout(raw.resolve(name));
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      rows.add(i / 2 + "," + (i % 4 < 2 ? "COVID-19" : "SARS") + ",PA," + i + ".png");
      layout.png("images/" + i + ".png", 3000 + i);
    }
    if (reversed) {
      Collections.reverse(rows);
    }
    rows.add(0, "patientid,finding,view,filename");
    return layout.text("metadata.csv", rows.toArray(String[]::new)).root();
  }

  private Map<String, String> everything() {
    return store.list(BUCKET, "").stream()
        .collect(
            Collectors.toMap(
                ObjectSummary::key,
                object ->
                    Sha256.of(store.get(ObjectAddress.of(BUCKET, object.key()), 1 << 24).content())
                        .hex()));
  }
}
