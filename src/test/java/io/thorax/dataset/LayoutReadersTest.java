package io.thorax.dataset;

import static io.thorax.dataset.DatasetFixtures.BINARY;
import static io.thorax.dataset.DatasetFixtures.MULTICLASS;
import static io.thorax.dataset.DatasetFixtures.withFolderPatients;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutReadersTest {
  private static final String MILA_HEADER = "patientid,sex,finding,view,modality,folder,filename,";

  @TempDir Path root;
  private final LeftOut leftOut = new LeftOut();

  @Test
  void milaTakesLabelledRowsOfTheViewsAndCountsTheRest() {
    layout()
        .text(
            "metadata.csv",
            MILA_HEADER,
            "2,M,COVID-19,PA,X-ray,images,a.png,",
            "2,M,\"COVID-19, ARDS\",AP Supine,X-ray,images,b.png,",
            "3,F,No Finding,AP,X-ray,images,c.png,",
            "4,,ARDS,AP,X-ray,images,d.png,",
            "5,,todo,AP,X-ray,images,a.png,",
            "6,,COVID-19,L,X-ray,images,a.png,",
            "7,,COVID-19,Axial,CT,images,a.png,",
            "8,,SARS,PA,X-ray,images,nowhere.png,",
            ",,SARS,PA,X-ray,images,a.png,")
        .text("images/a.png")
        .text("images/b.png")
        .text("images/c.png")
        .text("images/d.png");
    assertEquals(
        Map.of("images/a.png", 1, "images/b.png", 1, "images/c.png", 0, "images/d.png", 0),
        labels(read(Layout.MILA, BINARY)));
    assertEquals(
        Map.of(
            "unlabelled",
            1,
            "other-view",
            1,
            "not-an-xray",
            1,
            "missing-image",
            1,
            "malformed-row",
            1),
        leftOut.counts().get("mila"));
  }

  @Test
  void multiclassLeavesOutFindingsOfNoClass() {
    layout()
        .text(
            "metadata.csv",
            MILA_HEADER,
            "2,M,ARDS,PA,X-ray,images,a.png,",
            "2,M,Streptococcus,PA,X-ray,images,b.png,")
        .text("images/a.png")
        .text("images/b.png");
    assertEquals(Map.of("images/b.png", 2), labels(read(Layout.MILA, MULTICLASS)));
    assertEquals(Map.of("outside-classes", 1), leftOut.counts().get("mila"));
  }

  @Test
  void rowsOfOneImageAreOneCandidateOfAllTheirPatients() {
    layout()
        .text(
            "metadata.csv",
            MILA_HEADER,
            "287,M,Legionella,PA,X-ray,images,a.png,",
            "340,M,Legionella,PA,X-ray,images,a.png,")
        .text("images/a.png");
    List<Candidate> candidates = read(Layout.MILA, BINARY).get(0).candidates();
    assertEquals(1, candidates.size());
    assertEquals(Set.of("mila:287", "mila:340"), candidates.get(0).patients());
    assertEquals(Map.of("repeated-row", 1), leftOut.counts().get("mila"));
  }

  @Test
  void rowsThatDisagreeAboutAnImageAreAllLeftOut() {
    layout()
        .text(
            "metadata.csv",
            MILA_HEADER,
            "1,M,COVID-19,PA,X-ray,images,a.png,",
            "1,M,SARS,PA,X-ray,images,a.png,")
        .text("images/a.png");
    assertTrue(read(Layout.MILA, BINARY).get(0).candidates().isEmpty());
    assertEquals(Map.of("conflicting-labels", 2), leftOut.counts().get("mila"));
  }

  @Test
  void figure1IsLatin1AndABlankViewIsFrontal() {
    layout()
        .text(
            "metadata.csv",
            "patientid,sex,finding,view,modality,notes",
            "COVID-00003a,M,COVID-19,,X-ray,d\u00e9but",
            "COVID-00003b,M,COVID-19,AP erect,X-ray,",
            "COVID-00004,F,,AP,X-ray,",
            "COVID-00005,F,No finding,PA,X-ray,",
            "COVID-00006,F,COVID-19,PA,X-ray,")
        .text("images/COVID-00003a.jpg")
        .text("images/COVID-00003b.png")
        .text("images/COVID-00005.jpg");
    List<Selection> selections = read(Layout.FIGURE1, BINARY);
    assertEquals(
        Map.of(
            "images/COVID-00003a.jpg",
            1,
            "images/COVID-00003b.png",
            1,
            "images/COVID-00005.jpg",
            0),
        labels(selections));
    assertEquals(Set.of("figure1:COVID-00003"), selections.get(0).candidates().get(0).patients());
    assertEquals(
        selections.get(0).candidates().get(0).patients(),
        selections.get(0).candidates().get(1).patients());
    assertEquals(Map.of("unlabelled", 1, "missing-image", 1), leftOut.counts().get("figure1"));
  }

  @Test
  void rsnaHasOneCandidateAnImageHoweverManyBoxes() {
    rsna();
    List<Selection> selections = read(Layout.RSNA, DatasetFixtures.withRsna(BINARY, 5));
    assertEquals(2, selections.get(0).limit());
    assertEquals(3, selections.get(1).limit());
    assertEquals(
        List.of("stage_2_train_images/p1.dcm", "stage_2_train_images/p2.dcm"),
        selections.get(0).candidates().stream().map(Candidate::path).toList());
    assertEquals(
        List.of("stage_2_train_images/p3.dcm"),
        selections.get(1).candidates().stream().map(Candidate::path).toList());
    assertEquals(Map.of("repeated-row", 2, "missing-image", 1), leftOut.counts().get("rsna"));
  }

  @Test
  void rsnaGroupsByTheNihPatientWhereTheMappingTellsIt() {
    rsna().text("nih_mapping.csv", "patientId,nih_patient_id,sex", "p1,1326,F", "p3,1326,F");
    List<Selection> selections = read(Layout.RSNA, BINARY);
    assertEquals(Set.of("nih:1326"), selections.get(0).candidates().get(0).patients());
    assertEquals(Set.of("rsna:p2"), selections.get(0).candidates().get(1).patients());
    assertEquals(Set.of("nih:1326"), selections.get(1).candidates().get(0).patients());
    assertEquals("F", selections.get(1).candidates().get(0).sex().orElseThrow());
  }

  @Test
  void rsnaNotNormalIsANegativeButNotNormal() {
    rsna()
        .text(
            "stage_2_detailed_class_info.csv",
            "patientId,class",
            "p1,Normal",
            "p2,No Lung Opacity / Not Normal",
            "p3,Lung Opacity");
    assertEquals(
        Map.of(
            "stage_2_train_images/p1.dcm",
            0,
            "stage_2_train_images/p2.dcm",
            0,
            "stage_2_train_images/p3.dcm",
            0),
        labels(read(Layout.RSNA, BINARY)));
    assertEquals(
        Map.of("stage_2_train_images/p1.dcm", 0, "stage_2_train_images/p3.dcm", 2),
        labels(read(Layout.RSNA, MULTICLASS)));
  }

  @Test
  void aFolderIsAClassAndAPrefixAPatient() {
    layout()
        .text("COVID-19/anna_1.png")
        .text("COVID-19/deeper/anna_2.jpg")
        .text("normal/anna_3.dcm")
        .text("normal/noprefix.png")
        .text("normal/notes.txt")
        .text("readme.png");
    List<Candidate> candidates =
        read(Layout.FOLDER, withFolderPatients(BINARY, "_", GroupBy.PATIENT)).get(0).candidates();
    assertEquals(
        List.of(Set.of("folder:anna"), Set.of("folder:anna"), Set.of("folder:anna"), Set.of()),
        candidates.stream().map(Candidate::patients).toList());
    assertEquals(List.of(1, 1, 0, 0), candidates.stream().map(Candidate::label).toList());
    assertEquals(Map.of("not-an-image", 2), leftOut.counts().get("folder"));
  }

  @Test
  void missingMetadataOrColumnsNameTheSource() {
    DatasetException missing =
        assertThrows(DatasetException.class, () -> read(Layout.MILA, BINARY));
    assertEquals("sources.mila: has no metadata.csv", missing.getMessage());
    layout().text("metadata.csv", "patientid,finding,view");
    DatasetException column = assertThrows(DatasetException.class, () -> read(Layout.MILA, BINARY));
    assertEquals("sources.mila/metadata.csv: has no column filename", column.getMessage());
  }

  private RawLayout rsna() {
    return layout()
        .text(
            "stage_2_train_labels.csv",
            "patientId,x,y,width,height,Target",
            "p1,,,,,0",
            "p2,,,,,0",
            "p3,1,2,3,4,1",
            "p3,5,6,7,8,1",
            "p3,9,9,9,9,1",
            "p4,,,,,0")
        .text("stage_2_train_images/p1.dcm")
        .text("stage_2_train_images/p2.dcm")
        .text("stage_2_train_images/p3.dcm");
  }

  private RawLayout layout() {
    return new RawLayout(root);
  }

  private List<Selection> read(Layout layout, DatasetRules rules) {
    return LayoutReader.of(layout).read(DatasetFixtures.files(root), rules, leftOut, 1 << 20);
  }

  private static Map<String, Integer> labels(List<Selection> selections) {
    return selections.stream()
        .flatMap(selection -> selection.candidates().stream())
        .collect(Collectors.toMap(Candidate::path, Candidate::label));
  }
}
