package io.thorax.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.thorax.workflow.TaskState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Completes the description: the errors, once for every operation, and the types that are written
 * as texts.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class DescriptionFilter implements OASFilter {
  private static final String PROBLEM = "#/components/schemas/Problem";

  @Override
  public void filterOpenAPI(OpenAPI api) {
    api.getComponents()
        .addSchema("Problem", schema())
        .addSchema("Sha256", text("SHA-256 in hexadecimal").pattern("[0-9a-f]{64}"))
        .addSchema("TaskState", text("Where work stands").enumeration(states()));
    api.getPaths()
        .getPathItems()
        .forEach(
            (path, item) ->
                item.getOperations().values().forEach(operation -> add(path, operation)));
  }

  private static void add(String path, Operation operation) {
    Map<String, String> problems =
        new TreeMap<>(
            Map.of(
                "400", "A parameter or the body is wrong; errors names it",
                "500", "An error of ours",
                "503", "Kafka, the database or the object store is away; see Retry-After"));
    if (path.contains("{")) {
      problems.put("404", "There is no such thing");
    }
    if (path.endsWith("/rollback")) {
      problems.put("409", "There is nothing to go back to");
    }
    if (operation.getRequestBody() != null) {
      problems.put("413", "The body is larger than the limit");
      problems.put("415", "The body is of a type that is not taken");
    }
    APIResponses responses = operation.getResponses();
    problems.forEach((status, words) -> responses.addAPIResponse(status, problem(words)));
  }

  private static APIResponse problem(String description) {
    Content content =
        OASFactory.createContent()
            .addMediaType(
                Problem.MEDIA_TYPE,
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref(PROBLEM)));
    return OASFactory.createAPIResponse().description(description).content(content);
  }

  private static Schema schema() {
    Schema error =
        object()
            .addProperty("field", text("Which parameter, header or part of the body"))
            .addProperty("detail", text("What is wrong with it"));
    return object()
        .description("An error (RFC 9457)")
        .addProperty(
            "type", text("Tells the kinds apart").addExample("urn:thorax:problem:not-found"))
        .addProperty("title", text("The kind in words"))
        .addProperty(
            "status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER).addExample(404))
        .addProperty("detail", text("What went wrong"))
        .addProperty("instance", text("Where, or under which name in the log"))
        .addProperty(
            "errors", OASFactory.createSchema().addType(Schema.SchemaType.ARRAY).items(error));
  }

  private static List<Object> states() {
    return Arrays.stream(TaskState.values()).<Object>map(TaskState::wireName).toList();
  }

  private static Schema object() {
    return OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
  }

  private static Schema text(String description) {
    return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(description);
  }
}
