package io.thorax.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestsTest {
  private static final ObjectMapper JSON = JsonMapper.builder().findAndAddModules().build();

  @Test
  void aRequestComesBackFromItsRowAsItWas() {
    TrainingRequest request =
        new TrainingRequest(
            "name",
            "dataset",
            Optional.of("single"),
            Optional.empty(),
            Map.of("LR", 0.1, "IMG_DIM", List.of(96, 96)),
            Optional.of("champion"));
    assertEquals(request, Requests.read(JSON, Requests.json(JSON, request), TrainingRequest.class));
    assertEquals(
        Map.of("a", List.of(1)), Requests.read(JSON, "{\"a\": [1]}", new TypeReference<>() {}));
  }

  @Test
  void aRowThatCannotBeReadIsADefect() {
    assertThrows(
        IllegalStateException.class, () -> Requests.read(JSON, "{", TrainingRequest.class));
    assertThrows(
        IllegalStateException.class,
        () -> Requests.read(JSON, "[]", new TypeReference<Map<String, Object>>() {}));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"dataset": "d"}                              | name: must have 1 to 200 characters
          {"name": "n"}                                 | dataset: must have 1 to 200 characters
          {"name": "n", "dataset": "d", "promote": "a b"} | promote: not an alias: a b
          """)
  void whatARequestSaysOfItselfIsPassedOn(String data, String reason) {
    assertEquals(reason, reasonFor(data));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name": {}, "dataset": "d"}                  | name: not a text
          {"name": "n", "dataset": "d", "overrides": 1} | overrides: not an object
          {"name": "n", "dataset": "d", "promote": []}  | promote: not a text
          [1]                                           | data: not an object
          "text"                                        | data: not an object
          """)
  void aFieldOfTheWrongTypeIsNamedWithoutOurClasses(String data, String reason) {
    assertEquals(reason, reasonFor(data));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"trials": {"epochs": 1}}                  | trials: not an array
          {"trials": [{"epochs": 1}, {"epochs": {}}]} | trials[1].epochs: not a whole number
          {"trials": [{"epochs": "x"}]}              | trials[0].epochs: not a whole number
          {"trials": [{"epochs": 3000000000}]}       | trials[0].epochs: out of range
          {"trials": [{"rate": "x"}]}                | trials[0].rate: not a number
          {"trials": [{"shuffled": "x"}]}            | trials[0].shuffled: neither true nor false
          {"trials": [7]}                            | trials[0]: not an object
          """)
  void anElementIsNamedByItsPlace(String data, String reason) {
    assertEquals(reason, reasonFor(data, Run.class));
  }

  @Test
  void anyOtherRefusalSpeaksForItself() {
    assertEquals("seed: wrong", Requests.reason(new IllegalArgumentException("seed: wrong")));
  }

  private record Trial(int epochs, double rate, boolean shuffled) {}

  private record Run(List<Trial> trials) {}

  private static String reasonFor(String data) {
    return reasonFor(data, TrainingRequest.class);
  }

  private static String reasonFor(String data, Class<?> type) {
    return Requests.reason(
        assertThrows(
            JsonProcessingException.class, () -> JSON.treeToValue(JSON.readTree(data), type)));
  }
}
