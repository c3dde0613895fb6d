package io.drover.it.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;

/** A project and the member who works in it. */
public record Project(RunningSuite suite, String name, Api api) {
  private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED");

  /** The path of something in the project, as in {@code path("domains", "web")}. */
  public String path(String... parts) {
    return "/v1/projects/" + name + "/" + String.join("/", parts);
  }

  /** Uploads an image as the operator; its id. */
  public String image(String imageName, Path content) throws IOException {
    Api olga = suite.as("olga");
    JsonNode known = olga.get("/v1/images?name=" + imageName).json().path("items");
    if (!known.isEmpty() && known.get(0).path("state").asText().equals("READY")) {
      return known.get(0).path("id").asText();
    }
    Answer made =
        olga.post("/v1/images", "{\"name\":\"%s\",\"format\":\"qcow2\"}".formatted(imageName));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    String id = made.json().path("id").asText();
    Answer stored = olga.put("/v1/images/" + id + "/content", content);
    assertThat(stored.status()).as(stored.toString()).isEqualTo(200);
    return id;
  }

  /** Creates an encrypted volume from an image and waits until it is there. */
  public JsonNode volume(String volumeName, String imageId, long bytes) {
    Answer accepted =
        api.post(
            path("volumes"),
            "{\"name\":\"%s\",\"sizeBytes\":%d,\"imageId\":\"%s\"}"
                .formatted(volumeName, bytes, imageId));
    succeeded(accepted);
    return api.get(path("volumes", volumeName)).json();
  }

  /** Posts a domain and waits until its operation has succeeded; the domain. */
  public JsonNode start(String domainName, String xml) {
    succeeded(api.postXml(path("domains"), xml));
    return domain(domainName);
  }

  public JsonNode domain(String domainName) {
    Answer answer = api.get(path("domains", domainName));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json();
  }

  /** Starts, shuts down or destroys a domain and waits for the end of the operation. */
  public JsonNode change(String domainName, String verb) {
    succeeded(api.post(path("domains", domainName, verb)));
    return domain(domainName);
  }

  public void delete(String domainName) {
    succeeded(api.delete(path("domains", domainName)));
  }

  /** Waits for the end of an accepted operation, which must be good. */
  public JsonNode succeeded(Answer accepted) {
    JsonNode operation = ended(accepted);
    assertThat(operation.path("state").asText())
        .as(operation.toPrettyString())
        .isEqualTo("SUCCEEDED");
    return operation;
  }

  /** Waits for the end of an accepted operation, good or bad. */
  public JsonNode ended(Answer accepted) {
    assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
    return ended(accepted.location());
  }

  /** Waits until the domain is in this phase. */
  public JsonNode domainOnceIn(String phase, String domainName) {
    return Awaitility.await(domainName + " in phase " + phase)
        .atMost(RunningSuite.patience())
        .pollInterval(Duration.ofMillis(100))
        .ignoreException(Api.NoAnswer.class)
        .until(() -> domain(domainName), domain -> domain.path("phase").asText().equals(phase));
  }

  /** Waits for the end of the operation at a path. */
  public JsonNode ended(String operation) {
    return Awaitility.await("the end of " + operation)
        .atMost(RunningSuite.patience())
        .pollInterval(Duration.ofMillis(100))
        .ignoreException(Api.NoAnswer.class)
        .until(
            () -> api.get(operation).json(),
            answer -> ENDED.contains(answer.path("state").asText()));
  }
}
