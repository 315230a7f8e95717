package io.thorax.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InboundEventsTest {
  private static final String STRUCTURED_TYPE = "application/cloudevents+json; charset=UTF-8";
  private static final String ENVELOPE =
      "\"specversion\": \"1.0\", \"id\": \"event-1\", \"source\": \"/pacs\", \"type\": \"t\"";

  @Test
  void readsBinaryMode() {
    assertRead(Records.binary("{\"name\": \"Thorax Röntgen\"}"));
  }

  @Test
  void readsStructuredMode() {
    assertRead(structured(Map.of("content-type", STRUCTURED_TYPE), dataOf("Thorax Röntgen")));
  }

  @Test
  void readsStructuredModeWithoutItsContentType() {
    assertRead(structured(Map.of(), dataOf("Thorax Röntgen")));
  }

  @Test
  void readsStructuredModeUnderAContentTypeThatIsNotItsOwn() {
    assertRead(structured(Map.of("content-type", "application/json"), dataOf("Thorax Röntgen")));
  }

  @Test
  void readsStructuredModeWithDataInBase64() {
    String json = "{\"name\": \"Thorax Röntgen\"}";
    String data = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    assertRead(structured(Map.of(), "\"data_base64\": \"" + data + "\""));
  }

  /** In binary mode the body is the data, whatever its fields are called. */
  @Test
  void aFieldOfTheDataNeverMakesABinaryEventStructured() {
    InboundEvent event = Records.INBOUND.read(Records.binary("{\"specversion\": \"mine\"}"));
    assertEquals("event-1", event.id());
    assertEquals("mine", event.data().path("specversion").textValue());
  }

  @Test
  void unknownAttributesAndFieldsAreIgnored() {
    assertRead(
        structured(Map.of("other", "header"), "\"extension\": 1, " + dataOf("Thorax Röntgen")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name":                | data: not JSON
          text                    | data: not JSON
          []                      | data: not a JSON object
          "text"                  | data: not a JSON object
          null                    | data: not a JSON object
          """)
  void dataThatIsNoObjectIsNamed(String data, String message) {
    assertEquals(message, refusal(Records.binary(data)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name":                | body: not JSON
          [{"specversion":"1.0"}] | body: not a JSON object
          """)
  void aBodyThatIsNoObjectIsNamed(String body, String message) {
    assertEquals(message, refusal(Records.bare(body)).getMessage());
  }

  /** A sender that writes one event a line would lose all but its first. */
  @Test
  void twoEventsInOneRecordAreRefused() {
    assertEquals("data: not JSON", refusal(Records.binary("{}\n{}")).getMessage());
    String event = "{" + ENVELOPE + ", \"data\": {}}";
    assertEquals("body: not JSON", refusal(Records.bare(event + "\n" + event)).getMessage());
  }

  @Test
  void anEventWithoutDataIsNamed() {
    assertEquals("data: missing", refusal(structured(Map.of(), "\"time\": null")).getMessage());
  }

  @Test
  void anEmptyBodyIsNamed() {
    Map<String, String> none = Map.of();
    assertEquals("body: empty", refusal(Records.of(null, none)).getMessage());
    assertEquals("body: empty", refusal(Records.of(new byte[0], none)).getMessage());
  }

  @Test
  void aBodyMayHaveTheMostBytesAndNotOneMore() {
    String frame = "{\"a\": \"\"}";
    String most = "{\"a\": \"" + "x".repeat(Records.MAX_BYTES - frame.length()) + "\"}";
    assertEquals(1, Records.INBOUND.read(Records.binary(most)).data().size());
    String message = refusal(Records.binary(most + " ")).getMessage();
    assertTrue(message.contains("10001 bytes"), message);
  }

  @Test
  void aBodyNestedTooDeeplyIsRefused() {
    String deep = "{\"a\":".repeat(65) + "1" + "}".repeat(65);
    assertEquals("data: not JSON", refusal(Records.binary(deep)).getMessage());
    assertEquals("body: not JSON", refusal(structured(Map.of(), "\"data\": " + deep)).getMessage());
  }

  @Test
  void jsonThatIsNoCloudEventIsRefused() {
    assertNoCloudEvent(Records.bare("{\"name\": \"x\"}"));
  }

  @Test
  void aVersionThatIsUnknownIsRefused() {
    assertNoCloudEvent(
        Records.bare(
            "{\"specversion\": \"9.9\", \"id\": \"1\", \"source\": \"/s\", \"type\": \"t\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce_id", "ce_source", "ce_type"})
  void anEventThatLacksAnAttributeIsRefused(String attribute) {
    ConsumerRecord<String, byte[]> event = Records.binary("{}");
    event.headers().remove(attribute);
    String message = assertNoCloudEvent(event);
    assertTrue(message.contains(attribute.substring("ce_".length())), message);
  }

  @Test
  void aSourceThatIsNoUriIsRefused() {
    Map<String, String> headers =
        new HashMap<>(Map.of("ce_specversion", "1.0", "ce_id", "1", "ce_type", "t"));
    headers.put("ce_source", "not a uri");
    assertNoCloudEvent(Records.of(new byte[] {'{', '}'}, headers));
  }

  @Test
  void bareJsonNeedsNoEnvelope() {
    assertEquals(1, Records.INBOUND.readBare(Records.bare("{\"a\": 1}")).path("a").intValue());
  }

  private static String dataOf(String name) {
    return "\"data\": {\"name\": \"" + name + "\"}";
  }

  private static ConsumerRecord<String, byte[]> structured(
      Map<String, String> headers, String data) {
    return Records.of(
        ("{" + ENVELOPE + ", " + data + "}").getBytes(StandardCharsets.UTF_8), headers);
  }

  private static void assertRead(ConsumerRecord<String, byte[]> kafkaRecord) {
    InboundEvent event = Records.INBOUND.read(kafkaRecord);
    assertEquals("event-1", event.id());
    assertEquals("/pacs", event.source());
    assertEquals("Thorax Röntgen", event.data().path("name").textValue());
  }

  private static String assertNoCloudEvent(ConsumerRecord<String, byte[]> kafkaRecord) {
    String message = refusal(kafkaRecord).getMessage();
    assertTrue(message.startsWith("not a CloudEvent 1.0: "), message);
    return message;
  }

  private static MalformedEventException refusal(ConsumerRecord<String, byte[]> kafkaRecord) {
    return assertThrows(MalformedEventException.class, () -> Records.INBOUND.read(kafkaRecord));
  }
}
