package io.thorax.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thorax.study.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What REST promises, checked on a running service from outside. */
public final class ApiContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JSON_TYPE = "application/json";
  private static final int TOO_MANY_BYTES = 1024 * 1024 + 1;

  private final String base;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private ApiContract(String base) {
    this.base = base;
  }

  /**
   * Fails where the service breaks a promise. Submits the image; changes nothing else.
   *
   * @param baseUrl for instance {@code http://127.0.0.1:8080}, without a slash at its end, of a
   *     service with the default limits, all of whose servers are up
   * @param png a radiograph that may be submitted
   */
  public static void verify(String baseUrl, byte[] png) {
    ApiContract contract = new ApiContract(baseUrl);
    contract.submission(png);
    contract.refusals(png);
    contract.limits();
    contract.lists();
    contract.requests();
    contract.models();
    contract.description();
    contract.health();
  }

  private void submission(byte[] png) {
    String digest = Sha256.of(png).hex();
    HttpResponse<String> first = post("/images", "image/png", BodyPublishers.ofByteArray(png));
    assertEquals(202, first.statusCode(), first.body());
    assertEquals(Optional.of("/api/v1/images/" + digest), first.headers().firstValue("Location"));
    assertEquals("uploads/" + digest + ".png", json(first).at("/image/key").asText());
    assertEquals(digest, json(first).at("/image/sha256").asText());
    HttpResponse<String> again = post("/images", "image/png", BodyPublishers.ofByteArray(png));
    assertEquals(json(first).path("eventId"), json(again).path("eventId"));
    HttpResponse<String> image = get("/images/" + digest);
    assertEquals(200, image.statusCode());
    assertTrue(
        Set.of("pending", "predicted", "rejected").contains(json(image).path("state").asText()));
    assertTrue(json(image).path("researchUseOnly").asBoolean());
  }

  private void refusals(byte[] png) {
    problem(415, post("/images", "image/png", BodyPublishers.ofString("no image")));
    problem(415, post("/images", "text/plain", BodyPublishers.ofString("no image")));
    wrongField(
        "priority", post("/images?priority=now", "image/png", BodyPublishers.ofByteArray(png)));
    wrongField(
        "studyInstanceUid",
        post("/images?studyInstanceUid=DOE", "image/png", BodyPublishers.ofByteArray(png)));
    wrongField("sha256", get("/images/abc"));
    problem(404, get("/images/" + "0".repeat(64)));
    wrongField("id", get("/predictions/123"));
    problem(404, get("/predictions/" + new UUID(0, 0)));
    problem(404, get("/nothing/here"));
    problem(404, send(request("/").GET()));
    problem(405, send(request("/api/v1/models").DELETE()));
    problem(406, send(request("/api/v1/models").header("Accept", "text/html").GET()));
  }

  /** Once with a declared length, once in chunks. */
  private void limits() {
    byte[] large = new byte[TOO_MANY_BYTES];
    problem(413, post("/datasets", JSON_TYPE, BodyPublishers.ofByteArray(large)));
    problem(
        413,
        post(
            "/datasets",
            JSON_TYPE,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));
  }

  private void lists() {
    for (String list :
        new String[] {"/predictions", "/rejections", "/datasets", "/training-runs", "/models"}) {
      wrongField("limit", get(list + "?limit=0"));
      wrongField("limit", get(list + "?limit=many"));
      wrongField("cursor", get(list + "?cursor=none"));
      walk(list);
    }
    wrongField("studyInstanceUid", get("/predictions?studyInstanceUid=DOE"));
    wrongField("image", get("/predictions?image=abc"));
    assertEquals(200, get("/predictions?studyInstanceUid=1.2.3").statusCode());
    assertEquals(200, get("/predictions?image=" + "0".repeat(64)).statusCode());
  }

  /** One by one, a few of them: nothing comes twice, and the Link is the cursor's. */
  private void walk(String list) {
    Set<String> seen = new HashSet<>();
    String next = "/api/v1" + list + "?limit=1";
    for (int i = 0; i < 5 && next != null; i++) {
      HttpResponse<String> page = send(request(next).GET());
      assertEquals(200, page.statusCode(), page.body());
      JsonNode body = json(page);
      body.path("items").forEach(item -> assertTrue(seen.add(item.toString()), item.toString()));
      assertTrue(body.path("items").size() <= 1);
      Optional<String> link = page.headers().firstValue("Link");
      assertEquals(body.has("nextCursor"), link.isPresent());
      next = link.map(text -> text.substring(1, text.indexOf('>'))).orElse(null);
      if (list.equals("/predictions")) {
        body.path("items")
            .forEach(item -> assertTrue(item.path("researchUseOnly").asBoolean(), item.toString()));
      }
    }
  }

  private void requests() {
    for (String requests : new String[] {"/datasets", "/training-runs"}) {
      wrongField("name", post(requests, JSON_TYPE, BodyPublishers.ofString("{}")));
      wrongField("body", post(requests, JSON_TYPE, BodyPublishers.ofString("[]")));
      wrongField("body", post(requests, JSON_TYPE, BodyPublishers.ofString("{\"name\":")));
      problem(415, post(requests, "text/plain", BodyPublishers.ofString("{}")));
    }
    problem(404, get("/datasets/there-is-none"));
    problem(404, get("/dataset-requests/" + new UUID(0, 0)));
    problem(404, get("/training-runs/" + new UUID(0, 0)));
    problem(
        404,
        post("/training-runs/" + new UUID(0, 0) + "/cancel", JSON_TYPE, BodyPublishers.noBody()));
  }

  private void models() {
    String none = "0".repeat(64);
    problem(404, get("/models/" + none));
    wrongField("digest", get("/models/abc"));
    assertEquals(200, get("/aliases").statusCode());
    problem(404, get("/aliases/there-is-none"));
    wrongField("model", put("/aliases/contract", "{\"model\": \"abc\"}"));
    wrongField("model", put("/aliases/contract", "{}"));
    wrongField("alias", put("/aliases/" + none, "{\"model\": \"" + none + "\"}"));
    problem(404, put("/aliases/contract", "{\"model\": \"" + none + "\"}"));
    problem(409, post("/aliases/contract/rollback", JSON_TYPE, BodyPublishers.noBody()));
  }

  private void description() {
    HttpResponse<String> description =
        send(request("/q/openapi").header("Accept", JSON_TYPE).GET());
    assertEquals(200, description.statusCode());
    JsonNode api = json(description);
    assertTrue(api.at("/info/description").asText().contains("not for diagnosis"));
    api.path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .forEach(
                        operation -> {
                          assertFalse(operation.path("summary").asText().isEmpty(), path.getKey());
                          assertTrue(operation.path("responses").has("503"), path.getKey());
                        }));
    assertTrue(api.path("paths").has("/api/v1/images"));
  }

  private void health() {
    assertEquals(200, send(request("/q/health/live").GET()).statusCode());
    HttpResponse<String> ready = send(request("/q/health/ready").GET());
    assertTrue(ready.body().contains("\"thorax\""), ready.body());
  }

  private static void problem(int status, HttpResponse<String> response) {
    assertEquals(status, response.statusCode(), response.uri() + ": " + response.body());
    assertEquals(
        Optional.of("application/problem+json"), response.headers().firstValue("Content-Type"));
    assertEquals(status, json(response).path("status").asInt());
    assertFalse(json(response).path("title").asText().isEmpty());
    assertFalse(json(response).path("detail").asText().isEmpty());
  }

  private static void wrongField(String field, HttpResponse<String> response) {
    problem(400, response);
    assertEquals(field, json(response).at("/errors/0/field").asText(), response.body());
  }

  private HttpResponse<String> get(String path) {
    return send(request("/api/v1" + path).GET());
  }

  private HttpResponse<String> post(String path, String mediaType, BodyPublisher body) {
    return send(request("/api/v1" + path).header("Content-Type", mediaType).POST(body));
  }

  private HttpResponse<String> put(String path, String body) {
    return send(
        request("/api/v1" + path)
            .header("Content-Type", JSON_TYPE)
            .PUT(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + response.body(), e);
    }
  }
}
