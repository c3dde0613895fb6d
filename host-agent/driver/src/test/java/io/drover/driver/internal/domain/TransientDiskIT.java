package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.image.EncryptedImage;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.SecretSource;
import io.drover.driver.StartOptions;
import io.drover.driver.TestJvm;
import io.drover.driver.internal.process.ToolProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guest writes to a transient disk is gone with it, however it ends. */
class TransientDiskIT {
  private static final int SIZE = 1 << 20;
  private static final String BACKEND = "/machine/peripheral/virtio-disk0/virtio-backend";
  private static final UUID SECRET = UUID.fromString("0c6e3a52-98a3-4b5e-8f56-5d0f0b1d7a11");

  /** Shared, because a root that is new has its host probed. */
  @TempDir static Path root;

  @TempDir Path folder;
  private Path image;
  private Path overlay;
  private byte[] before;

  @BeforeEach
  void makeImage() throws IOException {
    image = folder.resolve("disk.img");
    overlay = folder.resolve("disk.img.TRANSIENT-passing");
    before = new byte[SIZE];
    Arrays.fill(before, (byte) 0x5a);
    Files.write(image, before);
  }

  @AfterEach
  void end() {
    try (LocalDriver driver = open()) {
      driver.domains().forEach(Domain::destroy);
    }
  }

  private LocalDriver open() {
    return TestDriver.open(
        DriverLayout.under(root.resolve("r")),
        DriverOptions.defaults()
            .withSecrets(SecretSource.inMemory(Map.of(SECRET, "the disk's passphrase"))));
  }

  private String xml(String name, String format, String inSource, String share) {
    return """
        <domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
          <name>%s</name>
          <memory unit='MiB'>32</memory>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <devices>
            <disk type='file'>
              <driver name='qemu' type='%s'/>
              <source file='%s'>%s</source>
              <target dev='vda'/>
              <transient%s/>
            </disk>
          </devices>
        </domain>
        """
        .formatted(name, format, image, inSource, share);
  }

  /** As the guest would write; what the command prints stays in QEMU. */
  private static void write(Domain domain, String pattern, int offset, int length) {
    String command = "write -P " + pattern + " " + offset + " " + length;
    assertThat(
            domain.qmp(
                "human-monitor-command",
                "{\"command-line\":\"qemu-io -d " + BACKEND + " \\\"" + command + "\\\"\"}"))
        .isEqualTo("\"\"");
  }

  /** What the guest would read, seen from outside. */
  private String read(Domain domain, String pattern, int offset, int length) {
    Path socket = folder.resolve("nbd");
    domain.qmp(
        "nbd-server-start",
        "{\"addr\":{\"type\":\"unix\",\"data\":{\"path\":\"" + socket + "\"}}}");
    domain.qmp(
        "block-export-add",
        "{\"type\":\"nbd\",\"id\":\"e\",\"name\":\"e\",\"node-name\":\"libvirt-1-format\"}");
    ToolProcess.Result result =
        ToolProcess.run(
            List.of(
                "qemu-io",
                "-r",
                "-f",
                "raw",
                "-c",
                "read -P " + pattern + " " + offset + " " + length,
                "nbd+unix:///e?socket=" + socket),
            new byte[0],
            Duration.ofSeconds(30));
    domain.qmp("nbd-server-stop", "{}");
    return result.output();
  }

  private void writeAndReadBack(Domain domain) {
    assertThat(read(domain, "0x5a", 512, 65536))
        .contains("read 65536/65536")
        .doesNotContain("fail");
    write(domain, "0xab", 512, 65536);
    assertThat(read(domain, "0xab", 512, 65536))
        .contains("read 65536/65536")
        .doesNotContain("fail");
    assertThat(read(domain, "0x5a", 66048, 512)).contains("read 512/512").doesNotContain("fail");
  }

  @Test
  void theImageStaysAsItWasAndTheOverlayGoesWithTheDomain() throws IOException {
    try (LocalDriver driver = open()) {
      Domain domain = driver.start(xml("passing", "raw", "", ""), StartOptions.plain());

      writeAndReadBack(domain);
      assertThat(overlay).exists();
      assertThat(Files.getPosixFilePermissions(overlay)).hasSize(2);
      assertThat(domain.definitionXml())
          .contains("<source file='" + overlay + "'", "<source file='" + image + "'", "<transient");
      domain.destroy();

      assertThat(overlay).doesNotExist();
      assertThat(Files.readAllBytes(image)).isEqualTo(before);
      driver.start(xml("passing", "raw", "", ""), StartOptions.plain()).destroy();
    }
  }

  @Test
  void aGuestThatEndsByItselfLeavesNothingToo() {
    try (LocalDriver driver = open()) {
      Domain domain = driver.start(xml("passing", "raw", "", ""), StartOptions.plain());
      ProcessHandle.of(domain.pid()).orElseThrow().destroyForcibly();

      assertThat(domain.awaitEnd(Duration.ofSeconds(30))).isPresent();
      assertThat(overlay).doesNotExist();
    }
  }

  @Test
  void theNextDriverRemovesWhatTheKilledOneMade() throws Exception {
    Path definition =
        Files.writeString(folder.resolve("domain.xml"), xml("passing", "raw", "", ""));
    Process program =
        new ProcessBuilder(
                TestJvm.command(
                    DefinitionProgram.class, root.resolve("r").toString(), definition.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(program.inputReader().lines().anyMatch(line -> line.startsWith("started")))
          .isTrue();
    } finally {
      program.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    assertThat(overlay).exists();
    try (LocalDriver driver = open()) {
      assertThat(driver.domains()).hasSize(1);
      Domain domain = driver.domains().get(0);
      writeAndReadBack(domain);
      domain.destroy();
    }
    assertThat(overlay).doesNotExist();
    assertThat(Files.readAllBytes(image)).isEqualTo(before);
  }

  @Test
  void anOverlayThatIsThereIsNeverTouched() throws IOException {
    Files.writeString(overlay, "another's");
    try (LocalDriver driver = open()) {
      assertThatThrownBy(() -> driver.start(xml("passing", "raw", "", ""), StartOptions.plain()))
          .isInstanceOfSatisfying(
              ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_STATE))
          .hasMessageContaining(overlay.toString())
          .hasMessageContaining("remove the file");
      assertThat(driver.domains()).isEmpty();
    }
    assertThat(overlay).hasContent("another's");
  }

  @Test
  void aStartThatFailsLeavesNoOverlay() throws IOException {
    try (LocalDriver driver = open()) {
      String wrong =
          xml("passing", "raw", "", "")
              .replace(
                  "</domain>",
                  "<qemu:commandline><qemu:arg value='-bogus'/></qemu:commandline></domain>");
      assertThatThrownBy(() -> driver.start(wrong, StartOptions.plain()))
          .hasMessageContaining("bogus");
      assertThat(overlay).doesNotExist();
      assertThatThrownBy(() -> driver.start(xml("passing", "vmdk", "", ""), StartOptions.plain()))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("no image of the format vmdk");
      assertThat(overlay).doesNotExist();
      assertThat(driver.domains()).isEmpty();
    }
  }

  @Test
  void severalDomainsRunOnOneImage() throws IOException {
    try (LocalDriver driver = open()) {
      List<Domain> domains = new ArrayList<>();
      for (String name : List.of("passing", "other")) {
        domains.add(
            driver.start(xml(name, "raw", "", " shareBacking='yes'"), StartOptions.plain()));
      }
      domains.forEach(this::writeAndReadBack);
      domains.forEach(Domain::destroy);
    }
    try (var left = Files.list(folder)) {
      assertThat(left.filter(file -> file.toString().contains("TRANSIENT"))).isEmpty();
    }
    assertThat(Files.readAllBytes(image)).isEqualTo(before);
  }

  /** The changes of an encrypted disk are encrypted with its own passphrase. */
  @ParameterizedTest
  @ValueSource(strings = {"raw", "qcow2"})
  void whatIsWrittenToAnEncryptedDiskIsNowhereInTheClear(String format) throws IOException {
    boolean raw = format.equals("raw");
    Files.delete(image);
    EncryptedImage.create(image, raw ? "luks" : "qcow2", "the disk's passphrase", 1024 * 1024);
    byte[] encrypted = Files.readAllBytes(image);
    try (LocalDriver driver = open()) {
      Domain domain =
          driver.start(
              xml(
                  "passing",
                  format,
                  "<encryption format='luks'><secret type='passphrase' uuid='"
                      + SECRET
                      + "'/></encryption>",
                  ""),
              StartOptions.plain());
      write(domain, "0x41", 0, 65536);
      assertThat(read(domain, "0x41", 0, 65536)).contains("65536/65536").doesNotContain("fail");
      assertThat(Files.readString(overlay, StandardCharsets.ISO_8859_1))
          .doesNotContain("A".repeat(64));
      domain.destroy();
    }
    assertThat(overlay).doesNotExist();
    assertThat(Files.readAllBytes(image)).isEqualTo(encrypted);
  }

  @Test
  void aPartOfAStorageHasItsOwnSize() {
    try (LocalDriver driver = open()) {
      Domain domain =
          driver.start(
              xml(
                  "passing",
                  "raw",
                  "<slices><slice type='storage' offset='65536' size='262144'/></slices>",
                  ""),
              StartOptions.plain());
      writeAndReadBack(domain);
      assertThat(domain.qmp("query-named-block-nodes", "{\"flat\":true}"))
          .contains("\"virtual-size\":262144");
      domain.destroy();
    }
    assertThat(overlay).doesNotExist();
  }
}
