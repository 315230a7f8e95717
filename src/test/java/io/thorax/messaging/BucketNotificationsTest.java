package io.thorax.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thorax.study.ImageReference;
import io.thorax.workflow.ClassificationRequest;
import io.thorax.workflow.ClassificationRequest.Priority;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketNotificationsTest {
  private final BucketNotifications events = new BucketNotifications(Records.INBOUND);

  /** Of the S3 documentation's example, as MinIO sends it too: with a name and a key on top. */
  @Test
  void readsWhatTheStoresSend() {
    List<ClassificationRequest> requests =
        notified(
            """
            {"EventName": "s3:ObjectCreated:Put", "Key": "xrays/a.dcm", "Records": [
              {"eventVersion": "2.1", "eventSource": "aws:s3", "eventName": "ObjectCreated:Put",
               "s3": {"s3SchemaVersion": "1.0", "bucket": {"name": "xrays", "arn": "arn"},
                      "object": {"key": "a.dcm", "size": 1024, "versionId": "v1",
                                 "eTag": "d41d8cd98f00b204e9800998ecf8427e", "sequencer": "00"}}}
            ]}
            """);
    assertEquals(
        List.of(
            new ClassificationRequest(
                new ImageReference(
                    "xrays",
                    "a.dcm",
                    Optional.of("v1"),
                    Optional.of("d41d8cd98f00b204e9800998ecf8427e"),
                    Optional.empty()),
                Optional.empty(),
                Priority.ROUTINE,
                Optional.empty(),
                List.of())),
        requests);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3:ObjectCreated:Put",
        "ObjectCreated:Post",
        "s3:ObjectCreated:CompleteMultipartUpload",
        "ObjectCreated:Copy"
      })
  void everyKindOfCreationCounts(String eventName) {
    assertEquals(1, notified(records(entry(eventName, "\"key\": \"a\""))).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"s3:ObjectRemoved:Delete", "s3:ObjectAccessed:Get", "ObjectRestore:Completed"})
  void otherEventsArePassedOver(String eventName) {
    assertEquals(List.of(), notified(records(entry(eventName, "\"key\": \"a\""))));
  }

  @Test
  void severalRecordsStayInTheirOrder() {
    String body =
        records(
            entry("ObjectCreated:Put", "\"key\": \"first\""),
            entry("ObjectRemoved:Delete", "\"key\": \"gone\""),
            entry("ObjectCreated:Put", "\"key\": \"second\""));
    assertEquals(
        List.of("first", "second"),
        notified(body).stream().map(request -> request.image().key()).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "a%2Fb.png, a/b.png",
    "x+ray+1.png, x ray 1.png",
    "R%C3%B6ntgen.png, Röntgen.png",
    "1%2B1.png, 1+1.png",
    "plain.png, plain.png"
  })
  void keysAreUrlDecoded(String sent, String key) {
    assertEquals(key, onlyImage("\"key\": \"" + sent + "\"").key());
  }

  /** AWS says null for an object from before its bucket had versions; others send empty texts. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"versionId\": \"null\"",
        "\"versionId\": null",
        "\"versionId\": \"\"",
        "\"eTag\": \"\"",
        "\"size\": 1"
      })
  void whatTheStoreDoesNotSayIsAbsent(String field) {
    assertEquals(ImageReference.of("xrays", "a"), onlyImage("\"key\": \"a\", " + field));
  }

  @Test
  void anEtagComesWithoutItsQuotes() {
    assertEquals(Optional.of("abc"), onlyImage("\"key\": \"a\", \"eTag\": \"\\\"abc\\\"\"").etag());
  }

  @Test
  void moreRecordsThanAnyStoreSendsAreRefused() {
    String many = "{},".repeat(1000) + "{}";
    MalformedEventException refusal =
        assertThrows(
            MalformedEventException.class, () -> notified("{\"Records\": [" + many + "]}"));
    assertEquals("body.Records: 1001 of them, more than 1000", refusal.getMessage());
  }

  @Test
  void theTestEventOfAwsAsksForNothing() {
    assertEquals(
        List.of(),
        notified(
            """
            {"Service": "Amazon S3", "Event": "s3:TestEvent", "Time": "2014-10-13T15:57:02.089Z",
             "Bucket": "xrays", "RequestId": "5582815E1AEA5ADF", "HostId": "8cLeGAmw098X5cv4Zkwcmo"}
            """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                  | body.Records: missing
          {"Records": {}}                     | body.Records: not an array
          {"Records": [1]}                    | body.Records[0]: not an object
          {"Records": [{}]}                   | body.Records[0].eventName: missing
          {"Records": [{"eventName": "ObjectCreated:Put"}]} | body.Records[0].s3: missing
          """)
  void aWrongFrameIsNamed(String body, String message) {
    assertEquals(message, refusal(body).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "size": 1                    | body.Records[1].s3.object.key: missing
          "key": 1                     | body.Records[1].s3.object.key: not a text with content
          "key": "%zz"                 | body.Records[1].s3.object.key: not URL-encoded
          "key": "a", "versionId": 1   | body.Records[1].s3.object.versionId: not a text
          "key": "a", "eTag": {}       | body.Records[1].s3.object.eTag: not a text
          """)
  void aWrongObjectIsNamed(String object, String message) {
    String body =
        records(
            entry("ObjectCreated:Put", "\"key\": \"sound\""), entry("ObjectCreated:Put", object));
    assertEquals(message, refusal(body).getMessage());
  }

  private ImageReference onlyImage(String object) {
    List<ClassificationRequest> requests = notified(records(entry("ObjectCreated:Put", object)));
    assertEquals(1, requests.size());
    return requests.get(0).image();
  }

  private List<ClassificationRequest> notified(String body) {
    return events.requests(Records.bare(body));
  }

  private MalformedEventException refusal(String body) {
    return assertThrows(MalformedEventException.class, () -> notified(body));
  }

  private static String records(String... entries) {
    return "{\"Records\": [" + String.join(", ", entries) + "]}";
  }

  private static String entry(String eventName, String object) {
    return "{\"eventName\": \"%s\", \"s3\": {\"bucket\": {\"name\": \"xrays\"}, \"object\": {%s}}}"
        .formatted(eventName, object);
  }
}
