package io.thorax.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetRequestTest {
  private static final JsonMapper JSON = JsonMapper.builder().addModule(new Jdk8Module()).build();

  @Test
  void whatIsLeftOutIsTheReferencesDefault() throws IOException {
    DatasetRules rules = spec("{\"name\":\"n\",\"sources\":{\"mila\":\"s3://raw/mila\"}}").rules();
    assertEquals(List.of("PA", "AP"), rules.views());
    assertEquals(ClassMode.BINARY, rules.classMode());
    assertEquals(List.of("non-COVID-19", "COVID-19"), rules.classes());
    assertEquals(0.08, rules.valSplit());
    assertEquals(0.1, rules.testSplit());
    assertEquals(1000, rules.numRsnaImages());
    assertEquals(GroupBy.PATIENT, rules.groupBy());
  }

  @Test
  void whatIsGivenIsTaken() throws IOException {
    DatasetSpec spec =
        spec(
            "{\"name\":\"n\",\"sources\":{\"rsna\":\"/data/rsna\",\"folder\":\"s3://raw/f/\"},"
                + "\"views\":[\"PA\"],\"classMode\":\"multiclass\",\"valSplit\":0.2,"
                + "\"testSplit\":0.3,\"numRsnaImages\":7,\"groupBy\":\"image\",\"seed\":5}");
    assertEquals(
        Map.of(
            Layout.RSNA, new SourceLocation.LocalFolder(Path.of("/data/rsna")),
            Layout.FOLDER, new SourceLocation.S3Prefix("raw", "f/")),
        spec.sources().byLayout());
    assertEquals(List.of("normal", "COVID-19", "other_pneumonia"), spec.rules().classes());
    assertEquals(GroupBy.IMAGE, spec.rules().groupBy());
    assertEquals(5, spec.rules().seed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'valSplit': 0.6, 'testSplit': 0.5     | valSplit",
        "'testSplit': -0.1                     | testSplit",
        "'testSplit': 1.0                      | testSplit",
        "'classes': ['a']                      | classes",
        "'classes': ['a', 'A']                 | classes",
        "'classes': ['a', 'b']                 | classes",
        "'classes': ['a', 'b', 'c']            | classes",
        "'views': []                           | views",
        "'numRsnaImages': -1                   | numRsnaImages"
      })
  void aFieldOutOfItsRangeIsNamed(String json, String field) {
    DatasetException e =
        assertThrows(
            DatasetException.class,
            () ->
                spec(
                    "{'name':'n','sources':{'mila':'s3://raw'},".replace('\'', '"')
                        + json.replace('\'', '"')
                        + "}"));
    assertEquals(field, e.field());
  }

  @Test
  void withoutASourceThereIsNoDataSet() {
    assertEquals(
        "sources",
        assertThrows(DatasetException.class, () -> DatasetRequest.of("n", null)).field());
    assertThrows(DatasetException.class, () -> Sources.of(Map.of()));
    assertThrows(DatasetException.class, () -> SourceLocation.parse("relative/path"));
    assertThrows(DatasetException.class, () -> SourceLocation.parse("s3:///prefix"));
  }

  private static DatasetSpec spec(String json) throws IOException {
    return JSON.readValue(json, DatasetRequest.class).complete(DatasetFixtures.defaults());
  }
}
