package io.thorax.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.study.ImageReference;
import io.thorax.study.Sha256;
import io.thorax.workflow.ClassificationRequest;
import io.thorax.workflow.ClassificationRequest.Priority;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadEventsTest {
  private static final Sha256 DIGEST = Sha256.ofUtf8("image");

  private final UploadEvents events = new UploadEvents(Records.INBOUND);

  @Test
  void readsEveryField() {
    String data =
        """
        {
          "image": {"bucket": "xrays", "key": "a/b.dcm", "versionId": "v1",
                    "etag": "\\"abc\\"", "sha256": "%s"},
          "studyInstanceUid": "1.2.840.113619",
          "accessionNumber": "A-17",
          "priority": "urgent",
          "model": "challenger",
          "explain": ["lime", "grad-cam"]
        }
        """
            .formatted(DIGEST.hex().toUpperCase(Locale.ROOT));
    assertEquals(
        new ClassificationRequest(
            new ImageReference(
                "xrays", "a/b.dcm", Optional.of("v1"), Optional.of("abc"), Optional.of(DIGEST)),
            Optional.of("1.2.840.113619"),
            Priority.URGENT,
            Optional.of("challenger"),
            List.of("lime", "grad-cam")),
        uploaded(data));
  }

  @Test
  void allButThePlaceMayBeLeftOut() {
    ClassificationRequest expected = routine(ImageReference.of("xrays", "a.png"));
    assertEquals(expected, uploaded("{\"image\": {\"bucket\": \"xrays\", \"key\": \"a.png\"}}"));
    assertEquals(
        expected,
        uploaded(
            """
            {"image": {"bucket": "xrays", "key": "a.png", "versionId": null, "etag": null,
                       "sha256": null},
             "studyInstanceUid": null, "priority": null, "model": null, "explain": null,
             "somethingNew": {"of": "tomorrow"}}
            """));
  }

  /** It names a patient's visit. */
  @Test
  void anAccessionNumberIsNotTakenAlong() {
    ClassificationRequest request =
        uploaded(
            """
            {"image": {"bucket": "xrays", "key": "a.png"}, "accessionNumber": "A-17"}
            """);
    assertFalse(request.toString().contains("A-17"));
  }

  @Test
  void aModelMayBeNamedByItsDigest() {
    String data = "{\"image\": {\"bucket\": \"b\", \"key\": \"k\"}, \"model\": \"" + DIGEST + "\"}";
    assertEquals(Optional.of(DIGEST.hex()), uploaded(data).model());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                              | data.image: missing
          {"image": "a.png"}                              | data.image: not an object
          {"image": {"key": "k"}}                         | data.image.bucket: missing
          {"image": {"bucket": "b"}}                      | data.image.key: missing
          {"image": {"bucket": 1, "key": "k"}}            | data.image.bucket: not a text with content
          {"image": {"bucket": "b", "key": " "}}          | data.image.key: not a text with content
          {"image": {"bucket": "b", "key": {}}}           | data.image.key: not a text with content
          {"image": {"bucket": "b", "key": "k", "versionId": 7}} | data.image.versionId: not a text with content
          {"image": {"bucket": "b", "key": "k", "etag": []}}     | data.image.etag: not a text with content
          {"image": {"bucket": "b", "key": "k", "sha256": "ab"}} | data.image.sha256: not 64 hexadecimal digits
          """)
  void aWrongImageIsNamed(String data, String message) {
    assertEquals(message, refusal(data).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "studyInstanceUid": 1.2        | data.studyInstanceUid: not a text with content
          "studyInstanceUid": "DOE^JOHN" | data.studyInstanceUid: not a DICOM UID
          "priority": "now"              | data.priority: neither routine nor urgent
          "priority": 1                  | data.priority: not a text with content
          "model": "a b"                 | data.model: neither an alias nor a digest
          "model": ["champion"]          | data.model: not a text with content
          "explain": "lime"              | data.explain: not an array of texts
          "explain": ["lime", 1]         | data.explain: not an array of texts
          """)
  void aWrongFieldIsNamed(String field, String message) {
    String data = "{\"image\": {\"bucket\": \"b\", \"key\": \"k\"}, " + field + "}";
    assertEquals(message, refusal(data).getMessage());
  }

  /** It may hold what names a person. */
  @Test
  void aWrongValueIsNotRepeated() {
    String data =
        "{\"image\": {\"bucket\": \"b\", \"key\": \"k\"}, \"studyInstanceUid\": \"DOE^JOHN\"}";
    assertFalse(refusal(data).getMessage().contains("DOE"));
  }

  @Test
  void aKeyHasAsManyCharactersAsS3Allows() {
    String longest = "k".repeat(ImageReference.MAX_KEY_LENGTH);
    String data = "{\"image\": {\"bucket\": \"b\", \"key\": \"%s\"}}";
    assertEquals(longest, uploaded(data.formatted(longest)).image().key());
    String message = refusal(data.formatted(longest + "k")).getMessage();
    assertTrue(message.startsWith("data.image.key: "), message);
  }

  private ClassificationRequest uploaded(String data) {
    List<ClassificationRequest> requests = events.requests(Records.binary(data));
    assertEquals(1, requests.size());
    return requests.get(0);
  }

  private MalformedEventException refusal(String data) {
    return assertThrows(MalformedEventException.class, () -> events.requests(Records.binary(data)));
  }

  private static ClassificationRequest routine(ImageReference image) {
    return new ClassificationRequest(
        image, Optional.empty(), Priority.ROUTINE, Optional.empty(), List.of());
  }
}
