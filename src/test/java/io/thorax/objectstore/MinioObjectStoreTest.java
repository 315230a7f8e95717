package io.thorax.objectstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the store's answers mean, against a server that gives any answer. */
class MinioObjectStoreTest {
  private static final ObjectAddress ADDRESS =
      new ObjectAddress("xrays", "a.png", Optional.of("v1"));
  private static final String ZEROS_MD5 = "f1c9645dbc14efddc7d8a322685f26eb";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "404, NoSuchKey, NOT_FOUND",
    "404, NoSuchBucket, NOT_FOUND",
    "404, NoSuchVersion, NOT_FOUND",
    "400, InvalidArgument, NOT_FOUND",
    "400, InvalidBucketName, NOT_FOUND",
    "400, KeyTooLongError, NOT_FOUND",
    "403, AccessDenied, FORBIDDEN_LOCATION",
    "403, AllAccessDisabled, FORBIDDEN_LOCATION"
  })
  void rejectsWhatConcernsTheObject(int status, String code, RejectReason reason)
      throws IOException {
    try (ScriptedStore server = ScriptedStore.error(status, code)) {
      Failure.Rejected rejected =
          assertInstanceOf(Failure.Rejected.class, failureOfGet(server), code);
      assertEquals(reason, rejected.reason());
    }
  }

  @Test
  void rejectsTheVersionThatMarksADeletion() throws IOException {
    try (ScriptedStore server =
        ScriptedStore.error(405, "MethodNotAllowed", "x-amz-delete-marker: true")) {
      assertInstanceOf(Failure.Rejected.class, failureOfGet(server));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "503, SlowDown",
    "500, InternalError",
    "503, ServiceUnavailable",
    "507, XMinioStorageFull",
    "429, TooManyRequests",
    "400, RequestTimeout",
    "403, InvalidAccessKeyId",
    "403, SignatureDoesNotMatch",
    "403, RequestTimeTooSkewed",
    "400, ExpiredToken"
  })
  void whatConcernsTheServiceIsTransientAndAskedOnce(int status, String code) throws IOException {
    try (ScriptedStore server = ScriptedStore.error(status, code)) {
      Failure failure = assertInstanceOf(Failure.Transient.class, failureOfGet(server), code);
      assertTrue(failure.getMessage().contains(code), failure.getMessage());
      assertEquals(List.of("GET /xrays/a.png?versionId=v1 HTTP/1.1"), server.requests());
    }
  }

  @Test
  void aPageOfAProxyIsTransient() throws IOException {
    try (ScriptedStore server =
        ScriptedStore.response(502, "<html>Bad gateway</html>", "Content-Type: text/html")) {
      assertInstanceOf(Failure.Transient.class, failureOfGet(server));
    }
  }

  @Test
  void anUnknownRefusalIsPoison() throws IOException {
    try (ScriptedStore server = ScriptedStore.error(403, "InvalidObjectState")) {
      assertInstanceOf(Failure.Poison.class, failureOfGet(server));
    }
  }

  @Test
  void aDenialOfHeadIsExplainedByAGet() throws IOException {
    try (ScriptedStore server = ScriptedStore.error(403, "SignatureDoesNotMatch")) {
      ObjectStore store = store(server);
      assertThrows(Failure.Transient.class, () -> store.exists(ADDRESS));
    }
    try (ScriptedStore server = ScriptedStore.error(403, "AccessDenied")) {
      ObjectStore store = store(server);
      assertThrows(Failure.Rejected.class, () -> store.exists(ADDRESS));
    }
  }

  @ParameterizedTest
  @CsvSource({"404, NoSuchBucket", "403, AccessDenied", "503, SlowDown"})
  void noWriteRejectsAnImage(int status, String code) throws IOException {
    Path file = Files.write(directory.resolve("file"), new byte[3]);
    try (ScriptedStore server = ScriptedStore.error(status, code)) {
      ObjectStore store = store(server);
      assertThrows(Failure.Transient.class, () -> store.put(ADDRESS, new byte[1], "image/png"));
      assertThrows(Failure.Transient.class, () -> store.upload(file, ADDRESS, "image/png"));
      assertThrows(Failure.Transient.class, () -> store.delete(ADDRESS));
      assertThrows(Failure.Transient.class, store::ping);
      assertTrue(server.requests().size() <= 5, server.requests().toString());
    }
  }

  @Test
  void aConnectionCutInTheBodyIsTransient() throws IOException {
    try (ScriptedStore server =
        new ScriptedStore("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + "x".repeat(400))) {
      assertInstanceOf(Failure.Transient.class, failureOfGet(server));
      Path target = directory.resolve("target");
      ObjectStore store = store(server);
      assertThrows(Failure.Transient.class, () -> store.download(ADDRESS, target));
      try (var files = Files.list(directory)) {
        assertEquals(List.of(), files.toList());
      }
    }
  }

  @Test
  void aLocalDiskThatFailsIsNoOutageOfTheStore() throws IOException {
    Path file = Files.write(directory.resolve("file"), new byte[1]);
    try (ScriptedStore server = stored("data", ZEROS_MD5 + "-1", "X-Parts: yes")) {
      ObjectStore store = store(server);
      Path below = file.resolve("never/here");
      assertThrows(Failure.Poison.class, () -> store.download(ADDRESS, below));
      Path directoryInTheWay = Files.createDirectories(directory.resolve("target/full"));
      assertThrows(
          Failure.Poison.class, () -> store.download(ADDRESS, directoryInTheWay.getParent()));
    }
  }

  @Test
  void aWriteThatFailsIsOfTheDiskAndAReadThatFailsIsNot() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    InputStream cut =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };
    InputStream whole = new ByteArrayInputStream(new byte[3]);
    assertThrows(Failure.Poison.class, () -> PartialFile.copy(whole, full));
    assertThrows(IOException.class, () -> PartialFile.copy(cut, full));
  }

  @Test
  void aChunkedBodyCutShortIsTransient() throws IOException {
    try (ScriptedStore server =
        new ScriptedStore(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n" + "x".repeat(400))) {
      assertInstanceOf(Failure.Transient.class, failureOfGet(server));
    }
  }

  @Test
  void theLimitHoldsBeforeReading() throws IOException {
    try (ScriptedStore server =
        new ScriptedStore("HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\nx")) {
      assertTooLarge(failureOfGet(server));
    }
  }

  @Test
  void theLimitHoldsWhileReadingABodyOfUnknownLength() throws IOException {
    String body = "x".repeat(2_000);
    try (ScriptedStore server =
        new ScriptedStore(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n"
                + body
                + "\r\n0\r\n\r\n")) {
      assertTooLarge(failureOfGet(server));
    }
  }

  @Test
  void contentThatDoesNotMatchItsMd5IsTransient() throws IOException {
    try (ScriptedStore server = stored("0".repeat(4), ZEROS_MD5, "X-Plain: yes")) {
      assertInstanceOf(Failure.Transient.class, failureOfGet(server));
      ObjectStore careless = new MinioObjectStore(config(server).withoutEtags());
      assertEquals(4, careless.get(ADDRESS, 1_000).content().length);
    }
  }

  @Test
  void etagsThatAreNoMd5ArePassedOver() throws IOException {
    try (ScriptedStore server = stored("data", ZEROS_MD5 + "-7", "X-Parts: yes")) {
      assertEquals(ZEROS_MD5 + "-7", store(server).get(ADDRESS, 1_000).etag());
    }
    try (ScriptedStore server =
        stored("data", ZEROS_MD5, "x-amz-server-side-encryption: aws:kms")) {
      assertEquals(4, store(server).get(ADDRESS, 1_000).content().length);
    }
  }

  @Test
  void aSilentStoreIsTransient() throws IOException {
    try (ScriptedStore server = new ScriptedStore("")) {
      ObjectStore store =
          new MinioObjectStore(config(server).withReadTimeout(Duration.ofMillis(200)));
      assertThrows(Failure.Transient.class, () -> store.get(ADDRESS, 1_000));
      assertEquals(1, server.requests().size());
    }
  }

  @Test
  void aRefusedConnectionIsTransient() throws IOException {
    ScriptedStore gone = new ScriptedStore("");
    gone.close();
    ObjectStore store = store(gone);
    assertThrows(Failure.Transient.class, store::ping);
    assertThrows(Failure.Transient.class, () -> store.list("xrays", ""));
  }

  @Test
  void halfOfTheCredentialsStopsTheStart() {
    TestObjectStores.Config half =
        new TestObjectStores.Config(
            URI.create("http://127.0.0.1:9000"),
            Optional.of("thorax"),
            Optional.empty(),
            Duration.ofSeconds(1),
            true);
    String message =
        assertThrows(IllegalArgumentException.class, () -> new MinioObjectStore(half)).getMessage();
    assertTrue(message.contains("thorax.object-store.secret-key"), message);
  }

  private static ScriptedStore stored(String body, String etag, String header) throws IOException {
    return ScriptedStore.response(
        200, body, "Content-Type: image/png", "ETag: \"" + etag + "\"", header);
  }

  private static void assertTooLarge(Failure failure) {
    assertEquals(
        RejectReason.TOO_LARGE, assertInstanceOf(Failure.Rejected.class, failure).reason());
  }

  private static Failure failureOfGet(ScriptedStore server) {
    ObjectStore store = store(server);
    return assertThrows(Failure.class, () -> store.get(ADDRESS, 1_000));
  }

  private static ObjectStore store(ScriptedStore server) {
    return new MinioObjectStore(config(server));
  }

  private static TestObjectStores.Config config(ScriptedStore server) {
    return TestObjectStores.Config.of(server.endpoint(), "key", "secret");
  }
}
