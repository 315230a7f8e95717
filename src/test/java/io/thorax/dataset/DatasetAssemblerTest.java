package io.thorax.dataset;

import static io.thorax.dataset.DatasetFixtures.BINARY;
import static io.thorax.dataset.DatasetFixtures.BUCKET;
import static io.thorax.dataset.DatasetFixtures.INPUT;
import static io.thorax.dataset.DatasetFixtures.MULTICLASS;
import static io.thorax.dataset.DatasetFixtures.SETTINGS;
import static io.thorax.dataset.DatasetFixtures.assembler;
import static io.thorax.dataset.DatasetFixtures.caches;
import static io.thorax.dataset.DatasetFixtures.decoder;
import static io.thorax.dataset.DatasetFixtures.spec;
import static io.thorax.dataset.DatasetFixtures.withFolderPatients;
import static io.thorax.dataset.DatasetFixtures.withRsna;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.imaging.InputSpec;
import io.thorax.objectstore.InMemoryObjectStore;
import io.thorax.objectstore.ObjectAddress;
import io.thorax.objectstore.ObjectSummary;
import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import io.thorax.study.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetAssemblerTest {
  @TempDir Path temp;
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private Path raw;
  private Path work;

  @BeforeEach
  void folders() throws IOException {
    raw = Files.createDirectories(temp.resolve("raw"));
    work = temp.resolve("work");
    store.ensureBucket(BUCKET);
  }

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
            .map(DatasetAssemblerTest::rsnaPath)
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

  @Test
  void theCacheHoldsEveryImageWithItsLabelAndSplit() {
    AssembledDataset dataset = assemble(folders(15, 20), BINARY);
    PixelCache cache = pixels(dataset);
    assertEquals(35, cache.size());
    Map<String, CatalogueEntry> byId =
        dataset.catalogue().entries().stream()
            .collect(Collectors.toMap(entry -> entry.sha256().hex(), entry -> entry));
    for (int i = 0; i < cache.size(); i++) {
      assertEquals(byId.get(cache.id(i)).label(), cache.label(i));
      assertEquals(byId.get(cache.id(i)).split(), cache.split(i));
      assertEquals(INPUT.width(), cache.image(i).width());
      assertEquals(1, cache.image(i).channels());
    }
    assertEquals(dataset.summary().splits().get("val").images(), cache.split(Split.VAL).size());
  }

  @Test
  void aCacheIsFetchedFromTheStoreOrBuiltOfTheCopies() throws IOException {
    AssembledDataset dataset = assemble(folders(4, 4), BINARY);
    PixelCache first = pixels(dataset);
    for (Path file : files(work)) {
      Files.delete(file);
    }
    PixelCache fetched = pixels(dataset);
    for (Path file : files(work)) {
      Files.delete(file);
    }
    store.delete(dataset.pixels(INPUT));
    for (Path file : files(raw)) {
      Files.delete(file);
    }
    PixelCache built = pixels(dataset);
    for (int i = 0; i < first.size(); i++) {
      assertArrayEquals(first.image(i).samples(), fetched.image(i).samples());
      assertArrayEquals(first.image(i).samples(), built.image(i).samples());
      assertEquals(first.id(i), built.id(i));
      assertEquals(first.split(i), built.split(i));
    }
    assertTrue(store.exists(dataset.pixels(INPUT)));
    InputSpec larger = InputSpec.ofSize(40, 48);
    assertEquals(48, library().pixels(dataset, larger, ProgressListener.NONE).image(0).width());
  }

  @Test
  void damageOfAStoredFileIsFound() {
    AssembledDataset dataset = assemble(folders(4, 4), BINARY);
    ObjectAddress catalogue = dataset.artifacts().get("catalogue.csv");
    store.put(
        catalogue,
        text(catalogue).replace("train", "test").getBytes(StandardCharsets.UTF_8),
        "text/csv");
    assertThrows(Failure.Poison.class, () -> library().open(dataset.digest()));
    Failure.Rejected unknown =
        assertThrows(Failure.Rejected.class, () -> library().open(Sha256.ofUtf8("no data set")));
    assertEquals(RejectReason.NOT_FOUND, unknown.reason());
  }

  @Test
  void aClassWithoutAnImageIsNamed() {
    DatasetException e =
        assertThrows(DatasetException.class, () -> assemble(folders(4, 4), MULTICLASS));
    assertEquals("classes: no image is labelled other_pneumonia", e.getMessage());
    assertEquals("classes", e.field());
  }

  @Test
  void aListenerEndsTheWorkAndLeavesNothingBehind() throws IOException {
    assertThrows(
        CancellationException.class,
        () ->
            assembler(store, raw, work)
                .assemble(
                    spec(folders(10, 10), BINARY),
                    INPUT,
                    (done, expected) -> {
                      assertEquals(20, expected);
                      if (done == 5) {
                        throw new CancellationException();
                      }
                    }));
    assertTrue(files(work).isEmpty());
    assertTrue(store.list(BUCKET, "datasets/").isEmpty());
  }

  @Test
  void aStoreThatDeniesItsOwnBucketIsNoFaultOfTheImages() {
    Map<Layout, Path> roots = folders(2, 2);
    store.deny(BUCKET);
    assertThrows(Failure.Transient.class, () -> assemble(roots, BINARY));
  }

  @Test
  void aStoreThatIsAwayIsTransientAndAskingAgainHelps() {
    Map<Layout, Path> roots = folders(2, 2);
    store.away();
    assertThrows(Failure.Transient.class, () -> assemble(roots, BINARY));
    store.back();
    assertEquals(4, assemble(roots, BINARY).summary().images());
  }

  @Test
  void aSourceOutsideTheAllowedRootsIsRefused() {
    Map<Layout, Path> roots = folders(2, 2);
    Failure.Rejected refused =
        assertThrows(
            Failure.Rejected.class,
            () ->
                assembler(store, temp.resolve("elsewhere"), work)
                    .assemble(spec(roots, BINARY), INPUT, ProgressListener.NONE));
    assertEquals(RejectReason.FORBIDDEN_LOCATION, refused.reason());
    assertFalse(Files.exists(work));
  }

  private AssembledDataset assemble(Map<Layout, Path> roots, DatasetRules rules) {
    return assembler(store, raw, work).assemble(spec(roots, rules), INPUT, ProgressListener.NONE);
  }

  private DatasetLibrary library() {
    return new DatasetLibrary(store, BUCKET, decoder(), SETTINGS, caches(work));
  }

  private PixelCache pixels(AssembledDataset dataset) {
    return library().pixels(dataset, INPUT, ProgressListener.NONE);
  }

  private Map<Layout, Path> folders(int covid, int normal) {
    RawLayout layout = new RawLayout(raw.resolve("folder"));
    for (int i = 0; i < covid; i++) {
      layout.png("COVID-19/c" + i + ".png", 1000 + i);
    }
    for (int i = 0; i < normal; i++) {
      layout.png("normal/n" + i + ".png", 2000 + i);
    }
    return Map.of(Layout.FOLDER, layout.root());
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

  private String text(ObjectAddress address) {
    return new String(store.get(address, 1 << 24).content(), StandardCharsets.UTF_8);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }

  private static String rsnaPath(String id) {
    return "stage_2_train_images/" + id + ".dcm";
  }
}
