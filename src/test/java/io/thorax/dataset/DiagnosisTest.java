package io.thorax.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
  private static final List<String> PNEUMONIAS = DatasetFixtures.defaults().otherPneumonias();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "COVID-19                          | COVID_19",
        "COVID-19, ARDS                    | COVID_19",
        "Pneumonia/Viral/COVID-19          | COVID_19",
        "No Finding                        | NORMAL",
        "No finding                        | NORMAL",
        "SARS                              | OTHER_PNEUMONIA",
        "Streptococcus                     | OTHER_PNEUMONIA",
        "Steptococcus                      | OTHER_PNEUMONIA",
        "Mycoplasma Bacterial Pneumonia    | OTHER_PNEUMONIA",
        "E.Coli                            | OTHER_PNEUMONIA",
        "Pneumonia                         | OTHER_PNEUMONIA",
        "ARDS                              | OTHER",
        "Tuberculosis                      | OTHER",
        "todo                              | UNLABELLED",
        "Unknown                           | UNLABELLED",
        "''                                | UNLABELLED"
      })
  void readsFindingsAsTheCollectionsWriteThem(String finding, Diagnosis expected) {
    assertEquals(expected, Diagnosis.ofFinding(finding, PNEUMONIAS));
  }

  @Test
  void binaryTellsCovidFromEveryOtherLabelledFinding() {
    Labelling labelling = DatasetFixtures.BINARY.labelling();
    assertEquals(OptionalInt.of(1), labelling.label(Diagnosis.COVID_19));
    assertEquals(OptionalInt.of(0), labelling.label(Diagnosis.NORMAL));
    assertEquals(OptionalInt.of(0), labelling.label(Diagnosis.OTHER_PNEUMONIA));
    assertEquals(OptionalInt.of(0), labelling.label(Diagnosis.OTHER));
    assertEquals(OptionalInt.empty(), labelling.label(Diagnosis.UNLABELLED));
  }

  @Test
  void multiclassLeavesOutWhatNoClassGathers() {
    Labelling labelling = DatasetFixtures.MULTICLASS.labelling();
    assertEquals(OptionalInt.of(0), labelling.label(Diagnosis.NORMAL));
    assertEquals(OptionalInt.of(1), labelling.label(Diagnosis.COVID_19));
    assertEquals(OptionalInt.of(2), labelling.label(Diagnosis.OTHER_PNEUMONIA));
    assertEquals(OptionalInt.empty(), labelling.label(Diagnosis.OTHER));
  }

  @Test
  void theOrderOfTheClassesIsTheOrderOfTheLabels() {
    Labelling labelling =
        DatasetFixtures.rules(ClassMode.BINARY, "COVID-19", "negative").labelling();
    assertEquals(OptionalInt.of(0), labelling.label(Diagnosis.COVID_19));
    assertEquals(OptionalInt.of(1), labelling.label(Diagnosis.NORMAL));
  }

  @Test
  void aFolderIsNamedAfterAClassOrAFinding() {
    assertEquals(
        OptionalInt.of(0), DatasetFixtures.BINARY.labelling().labelOfFolder("Non-Covid-19"));
    assertEquals(OptionalInt.of(0), DatasetFixtures.BINARY.labelling().labelOfFolder("normal"));
    assertEquals(OptionalInt.of(1), DatasetFixtures.BINARY.labelling().labelOfFolder("covid19"));
    assertEquals(
        OptionalInt.of(1),
        DatasetFixtures.rules(ClassMode.BINARY, "well", "ill").labelling().labelOfFolder("ill"));
  }

  @ParameterizedTest
  @CsvSource({
    "AP Supine, true",
    "PA, true",
    "AP erect, true",
    "PA or AP, true",
    "L, false",
    "Axial, false"
  })
  void aViewMatchesByWholeWords(String view, boolean taken) {
    assertEquals(taken, new Views(List.of("PA", "AP")).take(view));
  }
}
