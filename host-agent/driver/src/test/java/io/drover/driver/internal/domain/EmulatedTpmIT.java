package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.SecretSource;
import io.drover.driver.StartOptions;
import io.drover.driver.TestJvm;
import io.drover.driver.UndefineFlag;
import io.drover.driver.internal.process.ProcessIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real swtpm beside a real QEMU. */
class EmulatedTpmIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final UUID SECRET = UUID.fromString("9a1c2b0e-6a7f-4b0c-8a43-1d62c8a6f001");
  private final DomainId id = new DomainId(UUID.randomUUID());

  /** One root for all, so that the host is probed once. */
  @TempDir static Path folder;

  private LocalDriver driver;

  @BeforeEach
  void open() {
    Assumptions.assumeTrue(
        Files.exists(Path.of("/usr/bin/swtpm")) && Files.exists(Path.of("/usr/bin/swtpm_setup")),
        "needs swtpm and swtpm-tools");
    driver = reopened();
  }

  private LocalDriver reopened() {
    return TestDriver.open(
        DriverLayout.under(folder.resolve("r")),
        DriverOptions.defaults()
            .withSecrets(SecretSource.inMemory(Map.of(SECRET, "a passphrase of a TPM"))));
  }

  @AfterEach
  void end() {
    driver.domains().forEach(Domain::destroy);
    driver.close();
  }

  private Domain start(String model, String backend) {
    return driver.start(xml(model, backend), StartOptions.plain());
  }

  private String xml(String model, String backend) {
    return """
        <domain type='qemu'>
          <name>measured</name>
          <uuid>%s</uuid>
          <memory unit='MiB'>32</memory>
          <os><type arch='x86_64' machine='q35'>hvm</type></os>
          <devices>
            <tpm model='%s'>%s</tpm>
          </devices>
        </domain>
        """
        .formatted(id, model, backend);
  }

  private Path kept() {
    return folder.resolve("r/lib/swtpm/" + id);
  }

  /** The swtpm of this root, by its command line. */
  private Optional<ProcessIdentity> swtpm() throws IOException {
    return swtpm(folder);
  }

  private static Optional<ProcessIdentity> swtpm(Path root) throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : (Iterable<Path>) processes::iterator) {
        List<String> line = commandLine(process);
        boolean ours =
            !line.isEmpty()
                && line.get(0).endsWith("swtpm")
                && line.stream().anyMatch(word -> word.contains(root.toString()));
        if (ours) {
          return ProcessIdentity.of(Long.parseLong(String.valueOf(process.getFileName())));
        }
      }
      return Optional.empty();
    }
  }

  private static List<String> commandLine(Path process) {
    try {
      byte[] line = Files.readAllBytes(process.resolve("cmdline"));
      return Arrays.asList(new String(line, StandardCharsets.UTF_8).split("\0", -1));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static void awaitEnd(ProcessIdentity process) {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (process.alive() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(process.alive()).isFalse();
  }

  @Test
  void whatSwtpmLogsIsBounded() throws IOException {
    Path log = folder.resolve("r/log/swtpm/" + id + "-swtpm.log");
    Files.createDirectories(log.getParent());
    Files.write(log, new byte[1 << 20]);

    start("tpm-crb", "<backend type='emulator' version='2.0' debug='20'/>");

    Path open = Path.of("/proc/" + swtpm().orElseThrow().pid() + "/fd");
    assertThat(Files.readSymbolicLink(open.resolve("2")).toString())
        .as("what bounds it reads from there")
        .startsWith("pipe:");
    try (Stream<Path> descriptors = Files.list(open)) {
      for (Path each : (Iterable<Path>) descriptors::iterator) {
        assertThat(Files.readSymbolicLink(each)).isNotEqualTo(log);
      }
    }
    assertThat(log.resolveSibling(log.getFileName() + ".1")).hasSize(1 << 20);
    assertThat(Files.size(log)).isLessThan(1 << 20);
  }

  @Test
  void theGuestHasATpmWhoseProcessEndsWithItAndWhoseStateStays() throws IOException {
    Domain domain = start("tpm-crb", "<backend type='emulator' version='2.0'/>");

    assertThat(domain.qmp("query-tpm", "{}")).contains("tpm-crb").contains("emulator");
    ProcessIdentity swtpm = swtpm().orElseThrow();
    String[] stat = Files.readString(Path.of("/proc/" + swtpm.pid() + "/stat")).split(" ", -1);
    assertThat(stat[5]).as("its session").isEqualTo(Long.toString(swtpm.pid()));
    assertThat(folder.resolve("r/log/swtpm/" + id + "-swtpm.log")).isNotEmptyFile();
    domain.destroy();
    awaitEnd(swtpm);
    assertThat(folder.resolve("r/run/swtpm")).isEmptyDirectory();
    Path state = kept().resolve("tpm2/tpm2-00.permall");
    assertThat(Files.getPosixFilePermissions(kept())).hasSize(3);
    assertThat(state).isNotEmptyFile();

    start("tpm-crb", "<backend type='emulator' version='2.0'/>").destroy();
    assertThat(state).isNotEmptyFile();
    driver.undefine(id, Set.of(UndefineFlag.KEEP_TPM));
    assertThat(state).exists();
    driver.undefine(id, Set.of());
    assertThat(kept()).doesNotExist();
  }

  @Test
  void persistentStateGoesOnlyWhenAskedFor() {
    start(
            "tpm-tis",
            "<backend type='emulator' version='2.0' persistent_state='yes'>"
                + "<active_pcr_banks><sha256/><sha384/></active_pcr_banks></backend>")
        .destroy();

    driver.undefine(id, Set.of());
    assertThat(kept()).exists();
    driver.undefine(id, Set.of(UndefineFlag.TPM));
    assertThat(kept()).doesNotExist();
    assertThatThrownBy(() -> driver.undefine(id, Set.of(UndefineFlag.TPM, UndefineFlag.KEEP_TPM)))
        .hasMessageContaining("exclude each other");
  }

  @Test
  void encryptedStateOpensWithItsSecretAloneWhichNobodySees() throws IOException {
    String backend =
        "<backend type='emulator' version='2.0'><encryption secret='" + SECRET + "'/></backend>";
    Domain domain = start("tpm-tis", backend);
    long pid = swtpm().orElseThrow().pid();
    assertThat(Files.readString(Path.of("/proc/" + pid + "/cmdline")))
        .contains("aes-256-cbc")
        .doesNotContain("passphrase of");
    assertThatThrownBy(() -> driver.undefine(id, Set.of(UndefineFlag.TPM)))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_STATE));
    domain.destroy();

    start("tpm-tis", backend).destroy();
    assertThatThrownBy(() -> start("tpm-tis", "<backend type='emulator' version='2.0'/>"))
        .isInstanceOf(ProblemException.class);
    // A start that fails leaves what was there before.
    assertThat(kept().resolve("tpm2/tpm2-00.permall")).isNotEmptyFile();
    assertThat(swtpm()).isEmpty();
    start("tpm-tis", backend).destroy();
  }

  @Test
  void anOlderTpmHasStateOfItsOwn() {
    Domain domain = start("tpm-tis", "<backend type='emulator' version='1.2'/>");

    assertThat(domain.qmp("query-tpm", "{}")).contains("tpm-tis");
    domain.destroy();
    assertThat(kept().resolve("tpm1.2")).isNotEmptyDirectory();
    assertThat(kept().resolve("tpm2")).doesNotExist();
  }

  @Test
  void aFailedFirstStartLeavesNoState() throws IOException {
    UUID unknown = UUID.randomUUID();

    assertThatThrownBy(
            () ->
                start(
                    "tpm-tis",
                    "<backend type='emulator' version='2.0'><encryption secret='"
                        + unknown
                        + "'/></backend>"))
        .hasMessageContaining(unknown.toString());

    assertThat(kept().resolve("tpm2")).doesNotExist();
    assertThat(folder.resolve("r/run/swtpm")).isEmptyDirectory();
    assertThat(driver.layout().state().resolve(id + ".xml")).doesNotExist();
  }

  @Test
  void itOutlivesAProgramThatIsKilledAndIsFoundAgain() throws Exception {
    start("tpm-tis", "<backend type='emulator'/>").destroy();
    driver.close();
    Process program =
        new ProcessBuilder(
                TestJvm.command(
                    EmbeddingProgram.class,
                    folder.resolve("r").toString(),
                    id.toString(),
                    xml("tpm-tis", "<backend type='emulator'/>")))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output = program.inputReader(StandardCharsets.UTF_8)) {
      assertThat(output.lines().anyMatch(line -> line.startsWith("started "))).isTrue();
    } finally {
      program.destroyForcibly().waitFor();
    }
    ProcessIdentity swtpm = swtpm().orElseThrow();
    driver = reopened();

    Domain found = driver.find(id).orElseThrow();
    assertThat(found.qmp("query-tpm", "{}")).contains("tpm-tis");
    found.destroy();

    awaitEnd(swtpm);
    assertThat(folder.resolve("r/run/swtpm")).isEmptyDirectory();
  }

  @Test
  void itRunsAsQemusUserWithoutPrivileges(@TempDir Path passable) throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Files.setPosixFilePermissions(passable, PosixFilePermissions.fromString("rwx--x--x"));
    driver.close();
    driver =
        TestDriver.open(
            DriverLayout.under(passable.resolve("r")),
            DriverOptions.defaults().withQemuUser("nobody"));
    Domain domain = start("tpm-crb", "<backend type='emulator'/>");

    assertThat(domain.qmp("query-tpm", "{}")).contains("tpm-crb");
    Path state = passable.resolve("r/lib/swtpm/" + id + "/tpm2/tpm2-00.permall");
    assertThat(Files.getOwner(state).getName()).isEqualTo("nobody");
    long pid = swtpm(passable).orElseThrow().pid();
    assertThat(Files.readString(Path.of("/proc/" + pid + "/status")))
        .containsPattern("CapEff:\\s+0+\\n")
        .containsPattern("NoNewPrivs:\\s+1");
  }

  @Test
  void itOutlivesTheDriverAndIsEndedByTheNext() throws IOException {
    start("tpm-crb", "<backend type='emulator' version='2.0'/>");
    ProcessIdentity swtpm = swtpm().orElseThrow();
    driver.close();
    assertThat(swtpm.alive()).isTrue();
    driver = reopened();

    Domain found = driver.find(id).orElseThrow();
    assertThat(found.qmp("query-tpm", "{}")).contains("tpm-crb");
    found.destroy();

    awaitEnd(swtpm);
    assertThat(folder.resolve("r/run/swtpm")).isEmptyDirectory();
  }
}
