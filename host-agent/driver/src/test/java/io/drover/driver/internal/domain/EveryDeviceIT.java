package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.json.ContractJson;
import io.drover.driver.Domain;
import io.drover.driver.DomainState;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.ImageFormat;
import io.drover.driver.NewVolume;
import io.drover.driver.SecretBytes;
import io.drover.driver.SecretSource;
import io.drover.driver.StartOptions;
import io.drover.driver.internal.storage.QemuImgVolumes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** QEMU really takes what the argv parts make of each kind of device, on both machines. */
class EveryDeviceIT {
  private static final UUID SECRET = UUID.fromString("1b4a1c2f-3c5a-4f0e-9c39-6f0e1e709b22");
  private static final String PASSPHRASE = "c29tZXRoaW5nLXRvLW9wZW4tYS1kaXNr";
  @TempDir Path folder;
  private LocalDriver driver;

  @BeforeEach
  void open() {
    driver =
        TestDriver.open(
            DriverLayout.under(folder.resolve("r")),
            DriverOptions.defaults()
                .withSecrets(SecretSource.inMemory(Map.of(SECRET, PASSPHRASE))));
    create("plain.qcow2", ImageFormat.QCOW2, false);
    create("plain.img", ImageFormat.RAW, false);
    create("cd.iso", ImageFormat.RAW, false);
    create("sealed.qcow2", ImageFormat.QCOW2, true);
    create("sealed.img", ImageFormat.RAW, true);
  }

  @AfterEach
  void close() {
    driver.domains().forEach(Domain::destroy);
    driver.close();
  }

  private void create(String name, ImageFormat format, boolean sealed) {
    new QemuImgVolumes(Duration.ofSeconds(120))
        .create(
            new NewVolume(folder.resolve(name), format, 4 << 20, Optional.empty()),
            sealed
                ? Optional.of(SecretBytes.owning(PASSPHRASE.getBytes(StandardCharsets.UTF_8)))
                : Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({"pc, hda, ide, hdc, ide", "q35, sdx, sata, sdy, sata"})
  void qemuHasThemAll(String machine, String disk, String diskBus, String cd, String cdBus)
      throws Exception {
    Domain domain = driver.start(xml(machine, disk, diskBus, cd, cdBus), StartOptions.plain());

    assertThat(domain.status().state()).isEqualTo(DomainState.RUNNING);
    assertThat(domain.accelerator()).isEqualTo("tcg");
    String blocks = ask(domain, "query-block").toString();
    assertThat(blocks)
        .contains("/plain.qcow2", "/plain.img", "/cd.iso", "/sealed.qcow2", "/sealed.img")
        .contains("virtio-backend", "scsi0-0-0-0");
    assertThat(ask(domain, "query-named-block-nodes").findValuesAsText("encrypted"))
        .contains("true");
    assertThat(ask(domain, "query-vnc").path("enabled").asBoolean()).isTrue();
    assertThat(ask(domain, "query-vnc").toString()).contains(folder.toString());
    assertThat(ask(domain, "query-cpus-fast")).hasSize(2);
    assertThat(ask(domain, "query-memory-size-summary").path("base-memory").asLong())
        .isEqualTo(64L << 20);
    assertThat(ask(domain, "query-balloon").path("actual").asLong()).isEqualTo(64L << 20);
    assertThat(ask(domain, "query-chardev").toString()).contains("charserial0");
    assertThat(ask(domain, "query-rx-filter").toString()).contains("net0", "52:54:00:00:00:01");
    assertThat(domain.qmp("qom-list", "{\"path\":\"/machine/peripheral\"}"))
        .contains("\"rng0\"", "\"balloon0\"", "\"net0\"", "\"video0\"");
  }

  private static JsonNode ask(Domain domain, String query) throws JsonProcessingException {
    return ContractJson.mapper().readTree(domain.qmp(query, "{}"));
  }

  private String xml(String machine, String disk, String diskBus, String cd, String cdBus) {
    return """
    <domain type='qemu'>
      <name>everything-%1$s</name>
      <memory unit='MiB'>64</memory>
      <vcpu>2</vcpu>
      <os><type arch='x86_64' machine='%1$s'>hvm</type><boot dev='hd'/><boot dev='cdrom'/></os>
      <features><acpi/></features>
      <devices>
        <disk type='file' device='disk'><driver name='qemu' type='qcow2'/>
          <source file='%6$s/plain.qcow2'/><target dev='vda' bus='virtio'/></disk>
        <disk type='file' device='disk'><driver name='qemu' type='raw'/>
          <source file='%6$s/plain.img'/><target dev='%2$s' bus='%3$s'/></disk>
        <disk type='file' device='cdrom'><driver name='qemu' type='raw'/>
          <source file='%6$s/cd.iso'/><target dev='%4$s' bus='%5$s'/><readonly/></disk>
        <disk type='file' device='disk'><driver name='qemu' type='qcow2'/>
          <source file='%6$s/sealed.qcow2'>
            <encryption format='luks'><secret type='passphrase' uuid='%7$s'/></encryption>
          </source><target dev='sda' bus='scsi'/></disk>
        <disk type='file' device='disk'><driver name='qemu' type='raw'/>
          <source file='%6$s/sealed.img'>
            <encryption format='luks'><secret type='passphrase' uuid='%7$s'/></encryption>
          </source><target dev='vdb' bus='virtio'/></disk>
        <controller type='scsi' index='0' model='virtio-scsi'/>
        <interface type='user'>
          <mac address='52:54:00:00:00:01'/><model type='virtio'/>
          <link state='down'/></interface>
        <serial type='pty'/>
        <graphics type='vnc'/>
        <video><model type='vga'/></video>
        <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
        <memballoon model='virtio'/>
      </devices>
    </domain>
    """
        .formatted(machine, disk, diskBus, cd, cdBus, folder, SECRET);
  }
}
