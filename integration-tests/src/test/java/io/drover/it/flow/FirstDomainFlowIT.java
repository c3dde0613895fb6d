package io.drover.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.it.suite.DomainXml;
import io.drover.it.suite.Project;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SerialConsole;
import io.drover.it.suite.SharedSuite;
import io.drover.it.suite.TestGuest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A tenant's first domain: from an image to a guest that talks, on a disk that nobody can read. */
@ExtendWith(SharedSuite.class)
class FirstDomainFlowIT {
  private static final Optional<String> ROOT = Optional.of("root");

  /** TCG on a loaded machine; an idle one needs five seconds. */
  private static final Duration BOOT = Duration.ofSeconds(180);

  @Test
  void bootsFromAnEncryptedVolumeWhoseKeyNobodyTyped(RunningSuite suite) throws Exception {
    Project demo = suite.demo();
    String image = demo.image("testguest", TestGuest.image());
    JsonNode volume = demo.volume("first-disk", image, TestGuest.DISK_BYTES);
    assertThat(volume.path("phase").asText()).isEqualTo("READY");
    assertThat(volume.path("encrypted").asBoolean()).isTrue();

    JsonNode operation =
        demo.succeeded(
            demo.api().postXml(demo.path("domains"), DomainXml.from("first", "first-disk")));
    assertThat(steps(operation))
        .startsWith("accept", "place")
        .contains("fetch-keys", "build-argv", "spawn-qemu", "connect-qmp", "start-cpus");
    try (SerialConsole console = SerialConsole.open(demo, "first")) {
      console.awaitText(TestGuest.READY, BOOT);
    }
    JsonNode domain = demo.domain("first");
    assertThat(domain.path("phase").asText()).isEqualTo("RUNNING");
    assertThat(domain.path("desired").asText()).isEqualTo("RUNNING");
    assertThat(suite.qemusOf(domain.path("id").asText()))
        .singleElement()
        .satisfies(qemu -> assertThat(qemu.info().user()).isPresent().isNotEqualTo(ROOT));
    assertThat(volumeFiles(suite, volume.path("id").asText()))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(bytesOf(file)).doesNotContain("DROVER-GUEST", "SYSLINUX"));

    othersReadNothing(suite);

    JsonNode off = demo.change("first", "shutdown");
    assertThat(off.path("phase").asText()).isEqualTo("STOPPED");
    Awaitility.await()
        .atMost(RunningSuite.patience())
        .until(() -> suite.qemusOf(domain.path("id").asText()).isEmpty());
    demo.delete("first");
    assertThat(demo.api().get(demo.path("domains", "first")).status()).isEqualTo(404);
    demo.succeeded(demo.api().delete(demo.path("volumes", "first-disk")));
    assertThat(volumeFiles(suite, volume.path("id").asText())).isEmpty();
  }

  /** With a guest's sockets, logs and disk there, and the secrets in Keycloak's database. */
  private static void othersReadNothing(RunningSuite suite) throws Exception {
    Path data = suite.data();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
    try (Stream<Path> secrets = Files.walk(data.resolve("keycloak/data/h2"))) {
      for (Path file : secrets.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .endsWith("------");
      }
    }
    if (System.getProperty("user.name").equals("root")) {
      List<String> command = new ArrayList<>(List.of("find", data.toString()));
      command.add(data.resolve("h").toRealPath().toString());
      command.add(data.resolve("postgresql").toRealPath().toString());
      command.addAll(List.of("!", "-type", "l", "-readable"));
      assertThat(printed(command)).contains("/keycloakdb.mv.db", "/volumes/");
      List<String> asNobody = new ArrayList<>(List.of("setpriv", "--reuid=nobody"));
      asNobody.addAll(List.of("--regid=nogroup", "--clear-groups", "--inh-caps=-all"));
      asNobody.addAll(command);
      assertThat(printed(asNobody)).isEmpty();
    }
  }

  private static String printed(List<String> command) throws Exception {
    Path output = Files.createTempFile("found", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return Files.readString(output);
    } finally {
      Files.delete(output);
    }
  }

  private static List<String> steps(JsonNode operation) {
    return StreamSupport.stream(operation.path("steps").spliterator(), false)
        .map(step -> step.path("name").asText())
        .toList();
  }

  private static List<Path> volumeFiles(RunningSuite suite, String volumeId) throws Exception {
    try (Stream<Path> files = Files.walk(suite.data().resolve("h/volumes"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().startsWith(volumeId))
          .toList();
    }
  }

  private static String bytesOf(Path file) throws java.io.IOException {
    return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
