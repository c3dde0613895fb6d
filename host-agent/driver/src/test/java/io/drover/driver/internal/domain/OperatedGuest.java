package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.definition.DeviceXml;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.json.ContractJson;
import io.drover.driver.Domain;
import io.drover.driver.StartOptions;
import io.drover.driver.internal.process.ToolProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A guest without an operating system whose disks come and go: SCSI asks no guest for that. */
final class OperatedGuest {
  static final long DISK_BYTES = 4 * 1024 * 1024;
  private final Path folder;

  OperatedGuest(Path folder) {
    this.folder = folder;
  }

  /** The first disk of a started, paused domain is {@code sda}, on SCSI. */
  Domain start(LocalDriver driver) throws IOException {
    return start(driver, xml("pc"));
  }

  Domain start(LocalDriver driver, String xml) {
    return driver.start(xml, StartOptions.plain().withPaused(true));
  }

  String xml(String machine) throws IOException {
    return """
        <domain type='qemu'>
          <name>operated</name>
          <memory unit='MiB'>32</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='%s'>hvm</type></os>
          <features><acpi/></features>
          <devices>
            <controller type='scsi' index='0' model='virtio-scsi'/>
            %s
          </devices>
        </domain>
        """
        .formatted(machine, DeviceXml.write(disk("sda", "scsi")));
  }

  /** A raw disk of {@link #DISK_BYTES} that exists from now on. */
  Disk disk(String target, String bus) throws IOException {
    return disk(image(target + ".img", DISK_BYTES), target, bus, "raw");
  }

  static Disk disk(Path image, String target, String bus, String format) {
    return DeviceXml.read(
        "<disk type='file' device='disk'><driver name='qemu' type='"
            + format
            + "'/><source file='"
            + image
            + "'/><target dev='"
            + target
            + "' bus='"
            + bus
            + "'/></disk>",
        Disk.class);
  }

  /** An image full of zeroes. */
  Path image(String name, long bytes) throws IOException {
    Path file = folder.resolve(name);
    try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "rw")) {
      image.setLength(bytes);
    }
    return file;
  }

  /** QEMU's own tool finds no difference, the sizes included; QEMU may have them open. */
  static void requireEqualImages(Path one, Path other) {
    ToolProcess.Result compared =
        ToolProcess.run(
            List.of(
                "qemu-img",
                "compare",
                "-s",
                "-U",
                "-f",
                "raw",
                "-F",
                "raw",
                one.toString(),
                other.toString()),
            new byte[0],
            Duration.ofMinutes(1));
    assertThat(compared.output()).contains("Images are identical.");
    assertThat(compared.exitStatus()).isZero();
  }

  /** What QEMU answers. */
  static JsonNode ask(Domain domain, String command, String arguments) {
    return ContractJson.read(
        domain.qmp(command, arguments).getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }

  /** The names of its block nodes. */
  static Set<String> nodes(Domain domain) {
    Set<String> names = new TreeSet<>();
    ask(domain, "query-named-block-nodes", "{\"flat\":true}")
        .forEach(node -> names.add(node.path("node-name").asText()));
    return names;
  }

  /** The ids of its disks' devices, and of objects that hold secrets. */
  static Set<String> children(Domain domain, String path) {
    Set<String> names = new TreeSet<>();
    ask(domain, "qom-list", "{\"path\":\"" + path + "\"}")
        .forEach(
            child -> {
              if (child.path("type").asText().startsWith("child<")) {
                names.add(child.path("name").asText());
              }
            });
    return names;
  }
}
