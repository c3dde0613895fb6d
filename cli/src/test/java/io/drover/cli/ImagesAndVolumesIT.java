package io.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Importing an image, again and again, and making a volume from it. */
class ImagesAndVolumesIT {
  private static final String FIND = "GET /v1/images?name=tiny&pageSize=1";
  private static final String SHA =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  private static final String IMAGE =
      "{\"id\":\"i-1\",\"name\":\"tiny\",\"format\":\"raw\",\"state\":\"%s\",\"sizeBytes\":3,"
          + "\"sha256\":\"%s\",\"createdAt\":\"2026-11-23T11:00:00Z\"}";

  @TempDir Path folder;
  private final FakeGateway gateway = new FakeGateway();

  @BeforeEach
  void file() throws IOException {
    Files.writeString(folder.resolve("tiny.img"), "abc");
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Invocation.Result run(String... arguments) {
    return Invocation.at(gateway, folder).run(arguments);
  }

  @Test
  void anImageIsMadeAndItsContentSentWithItsHash() {
    gateway
        .on(FIND, 200, "{\"items\":[]}")
        .on("POST /v1/images", 201, IMAGE.formatted("EMPTY", ""))
        .on("PUT /v1/images/i-1/content", 200, IMAGE.formatted("READY", SHA));

    Invocation.Result result = run("image", "import", "tiny", "tiny.img");

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEqualTo("Image tiny is stored: 3 B.\n");
    FakeGateway.Asked upload = gateway.asked().get(2);
    assertThat(upload.body()).isEqualTo("abc");
    assertThat(upload.header("X-Content-SHA256")).contains(SHA);
    assertThat(gateway.asked().get(1).body()).isEqualTo("{\"name\":\"tiny\",\"format\":\"raw\"}");
  }

  @Test
  void anImportThatWasCutIsGoneOnWith() {
    gateway
        .on(FIND, 200, "{\"items\":[" + IMAGE.formatted("EMPTY", "") + "]}")
        .on("PUT /v1/images/i-1/content", 200, IMAGE.formatted("READY", SHA));

    assertThat(run("image", "import", "tiny", "tiny.img").status()).isZero();
    assertThat(gateway.lines()).doesNotContain("POST /v1/images");
  }

  @Test
  void theSameContentIsNotSentAgain() {
    gateway.on(FIND, 200, "{\"items\":[" + IMAGE.formatted("READY", SHA) + "]}");

    assertThat(run("image", "import", "tiny", "tiny.img").out())
        .isEqualTo("Image tiny is already there.\n");
  }

  @Test
  void otherContentUnderTheSameNameIsAConflict() {
    gateway.on(FIND, 200, "{\"items\":[" + IMAGE.formatted("READY", "00") + "]}");

    assertThat(run("image", "import", "tiny", "tiny.img").status()).isEqualTo(6);
  }

  @Test
  void aVolumeNamesItsImageById() {
    gateway
        .on(FIND, 200, "{\"items\":[" + IMAGE.formatted("READY", SHA) + "]}")
        .on(
            "POST /v1/projects/demo/volumes",
            202,
            "{\"id\":\"op-1\",\"kind\":\"CREATE_VOLUME\",\"name\":\"root\",\"steps\":[]}");

    Invocation.Result result = run("volume", "create", "root", "--size", "1.5G", "--image", "tiny");

    assertThat(result.status()).isZero();
    assertThat(gateway.asked().get(1).body())
        .isEqualTo(
            "{\"name\":\"root\",\"sizeBytes\":1610612736,\"format\":\"qcow2\",\"encrypted\":true,"
                + "\"imageId\":\"i-1\"}");
  }

  @Test
  void anImageThatIsNotThereExitsWithFive() {
    gateway.on(FIND, 200, "{\"items\":[]}");

    assertThat(run("volume", "create", "root", "-s", "1G", "--image", "tiny").status())
        .isEqualTo(5);
  }
}
