package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.Domain;
import io.drover.driver.DomainState;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.ImageFormat;
import io.drover.driver.NewVolume;
import io.drover.driver.SecretBytes;
import io.drover.driver.SecretSource;
import io.drover.driver.StartOptions;
import io.drover.driver.StepListener.Step;
import io.drover.driver.internal.storage.QemuImgVolumes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedGuestIT {
  private static final UUID SECRET = UUID.fromString("0a4a1c2f-3c5a-4f0e-9c39-6f0e1e709b11");
  private static final String PASSPHRASE = "bm9ib2R5LWhhcy10eXBlZC10aGlzLXBhc3NwaHJhc2U=";
  private Path root;
  private Path disk;
  private LocalDriver driver;

  @BeforeEach
  void open(@TempDir Path folder) {
    root = folder;
    disk = folder.resolve("disk.qcow2");
    driver = open(SecretSource.inMemory(Map.of(SECRET, PASSPHRASE)));
    new QemuImgVolumes(Duration.ofSeconds(60))
        .create(
            new NewVolume(disk, ImageFormat.QCOW2, 16 << 20, Optional.empty()),
            Optional.of(SecretBytes.owning(PASSPHRASE.getBytes(StandardCharsets.UTF_8))));
  }

  private LocalDriver open(SecretSource secrets) {
    return TestDriver.open(
        DriverLayout.under(root.resolve("r")), DriverOptions.defaults().withSecrets(secrets));
  }

  @AfterEach
  void endGuests() {
    driver.domains().forEach(Domain::destroy);
    driver.close();
  }

  private String xml(String type) {
    return """
        <domain %s>
          <name>sealed</name>
          <memory unit='MiB'>32</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <devices>
            <disk type='file' device='disk'>
              <driver name='qemu' type='qcow2'/>
              <source file='%s'>
                <encryption format='luks'><secret type='passphrase' uuid='%s'/></encryption>
              </source>
              <target dev='vda' bus='virtio'/>
            </disk>
            <serial type='pty'/>
            <console type='pty'/>
          </devices>
        </domain>
        """
        .formatted(type, disk, SECRET);
  }

  @Test
  void theKeyIsNowhereToBeFound() throws IOException {
    List<String> steps = new ArrayList<>();
    Domain domain =
        driver.start(
            xml("type='qemu'"),
            StartOptions.plain()
                .withSteps((step, startedAt, duration) -> steps.add(step.stepName())));

    assertThat(domain.status().state()).isEqualTo(DomainState.RUNNING);
    assertThat(domain.qmp("query-named-block-nodes", "{}")).contains("\"encrypted\":true");
    assertThat(steps)
        .containsExactly(Stream.of(Step.values()).map(Step::stepName).toArray(String[]::new));
    Path process = Path.of("/proc", Long.toString(domain.pid()));
    assertThat(contains(process.resolve("cmdline"))).isFalse();
    assertThat(contains(process.resolve("environ"))).isFalse();
    try (Stream<Path> files = Files.walk(root)) {
      assertThat(files.filter(Files::isRegularFile).filter(EncryptedGuestIT::contains)).isEmpty();
    }
    assertThat(domain.definitionXml()).doesNotContain(PASSPHRASE);
    assertThat(root.resolve("r/run/qemu").toFile().list((folder, name) -> true)).isNotEmpty();
    try (Stream<Path> files = Files.walk(root.resolve("r/run"))) {
      assertThat(files.filter(file -> file.endsWith("master-key.aes"))).isEmpty();
    }
  }

  private static boolean contains(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(PASSPHRASE);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void theConsoleIsASocketWithALog() {
    Domain domain = driver.start(xml("type='qemu'"), StartOptions.plain());

    assertThat(domain.consoleSocket()).hasValueSatisfying(socket -> assertThat(socket).exists());
    assertThat(domain.consoleLog()).hasValueSatisfying(log -> assertThat(log).exists());
    assertThat(DomainXml.read(domain.definitionXml()).name()).isEqualTo("sealed");
  }

  @Test
  void aKeyThatCannotBeFetchedStopsTheStart() {
    driver.close();
    driver = open(SecretSource.none());

    assertThatThrownBy(() -> driver.start(xml("type='qemu'"), StartOptions.plain()))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_UNAVAILABLE));
    assertThat(driver.domains()).isEmpty();
    assertThat(root.resolve("r/run/qemu").toFile().list()).containsExactly("driver.pid");
  }

  @Test
  void aWrongKeyStopsTheStart() {
    driver.close();
    driver = open(SecretSource.inMemory(Map.of(SECRET, "something-else")));

    assertThatThrownBy(() -> driver.start(xml("type='qemu'"), StartOptions.plain()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.QEMU_START_FAILED);
              assertThat(e.getMessage()).contains("Invalid password");
            });
  }

  @Test
  void kvmIsTakenOnlyWhereItRunsGuests() {
    boolean usable = driver.capabilities().accelerator("kvm").orElseThrow().usable();
    Domain open = driver.start(xml(""), StartOptions.plain());
    assertThat(open.accelerator()).isEqualTo(usable ? "kvm" : "tcg");
    open.destroy(); // the next one has its name
    if (usable) {
      assertThat(driver.start(xml("type='kvm'"), StartOptions.plain()).accelerator())
          .isEqualTo("kvm");
    } else {
      assertThatThrownBy(() -> driver.start(xml("type='kvm'"), StartOptions.plain()))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.EMULATOR_UNUSABLE);
                assertThat(e.getMessage())
                    .contains(driver.capabilities().accelerator("kvm").orElseThrow().reason());
              });
    }
  }
}
