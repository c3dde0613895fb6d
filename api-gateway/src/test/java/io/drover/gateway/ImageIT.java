package io.drover.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.drover.contracts.command.PlaceVolume;
import io.drover.contracts.message.Topics;
import io.drover.gateway.support.Api;
import io.drover.gateway.support.Api.TestProject;
import io.drover.gateway.support.Parts;
import io.drover.gateway.support.Patience;
import io.drover.gateway.support.RawClient;
import io.drover.gateway.support.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Images: uploaded once and whole, given to hosts alone, the beginning of volumes. */
@QuarkusTest
class ImageIT extends GatewayTestCase {
  private static final String BINARY = "application/octet-stream";

  @TestHTTPResource("/")
  URI root;

  @ConfigProperty(name = "gateway.image-dir")
  Path folder;

  private static String create(String name) {
    return Api.as(Tokens.operator())
        .contentType("application/json")
        .body(Map.of("name", name, "format", "qcow2"))
        .post("/v1/images")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static Response upload(String image, byte[] content, String sha256) {
    return Api.as(Tokens.operator())
        .contentType(BINARY)
        .header("X-Content-SHA256", sha256)
        .body(content)
        .put("/v1/images/" + image + "/content");
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  private static byte[] content(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  @Test
  void anImageIsUploadedOnceAndGivenToHosts() throws Exception {
    String name = "img-" + UUID.randomUUID();
    String image = create(name);
    byte[] content = content(3_000_001);
    upload(image, content, "0".repeat(64)).then().statusCode(400);
    upload(image, content, sha256(content))
        .then()
        .statusCode(200)
        .body("state", equalTo("READY"))
        .body("sizeBytes", equalTo(content.length))
        .body("sha256", equalTo(sha256(content)));
    upload(image, content, sha256(content)).then().statusCode(409);
    String host = Tokens.of("host", Set.of("host"), List.of());
    assertThat(Api.as(host).get("/v1/images/" + image + "/content").asByteArray())
        .isEqualTo(content);
    Api.as(Tokens.tenant("x")).get("/v1/images/" + image + "/content").then().statusCode(403);
    Api.as(Tokens.tenant("x"))
        .get("/v1/images?name=" + name)
        .then()
        .body("items.id", equalTo(List.of(image)));
  }

  @Test
  void aVolumeStartsFromAnImageWithContent() throws Exception {
    TestProject project = Api.project();
    String image = create("base-" + UUID.randomUUID());
    Map<String, Object> volume = Map.of("name", "v", "sizeBytes", 8 << 20, "imageId", image);
    project.post("/volumes", "application/json", volume).then().statusCode(409);
    byte[] content = content(1000);
    upload(image, content, sha256(content)).then().statusCode(200);
    Response accepted = project.post("/volumes", "application/json", volume);
    accepted.then().statusCode(202);
    PlaceVolume place =
        (PlaceVolume)
            Parts.envelope(parts.heard(Topics.DOMAIN_COMMANDS, accepted.path("subject"), 1).get(0))
                .data();
    assertThat(place.image().sha256()).isEqualTo(sha256(content));
    assertThat(place.keyId()).isNotNull();
    project
        .request()
        .get(project.path("/volumes/v"))
        .then()
        .body("encrypted", equalTo(true))
        .body("phase", equalTo("REQUESTED"))
        .body("format", equalTo("qcow2"));
  }

  @Test
  void tenantsMakeNoImages() {
    Api.as(Tokens.tenant("x"))
        .contentType("application/json")
        .body("{}")
        .post("/v1/images")
        .then()
        .statusCode(403);
    Api.as(Tokens.operator())
        .contentType("application/json")
        .body(Map.of("name", "x", "format", "vmdk"))
        .post("/v1/images")
        .then()
        .statusCode(400);
  }

  @Test
  void anUploadThatBreaksOffLeavesNothingAndMayBeMadeAgain() throws Exception {
    String image = create("torn-" + UUID.randomUUID());
    try (RawClient client = new RawClient(root)) {
      client.write(
          "PUT /v1/images/"
              + image
              + "/content HTTP/1.1\r\nHost: gateway\r\nContent-Type: "
              + BINARY
              + "\r\nContent-Length: 1000000\r\nAuthorization: Bearer "
              + Tokens.operator()
              + "\r\n\r\n"
              + "x".repeat(50_000));
      Awaitility.await("the upload's part").atMost(Patience.LIMIT).until(() -> parts(image) == 1);
    }
    Awaitility.await("no part").atMost(Patience.LIMIT).until(() -> parts(image) == 0);
    byte[] content = content(1_000);
    upload(image, content, sha256(content)).then().statusCode(200);
  }

  @Test
  void whatADeadGatewayLeftOfAnUploadIsRemovedAndALivingUploadIsNot() throws Exception {
    String image = create("sweep-" + UUID.randomUUID());
    Files.createDirectories(folder);
    Path left = Files.writeString(folder.resolve(UUID.randomUUID() + ".1.part"), "old");
    Path living = Files.writeString(folder.resolve(UUID.randomUUID() + ".2.part"), "new");
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    byte[] content = content(10);
    upload(image, content, sha256(content)).then().statusCode(200);
    assertThat(left).doesNotExist();
    assertThat(living).exists();
    Files.delete(living);
  }

  private long parts(String image) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches(image + ".*part")).count();
    }
  }
}
