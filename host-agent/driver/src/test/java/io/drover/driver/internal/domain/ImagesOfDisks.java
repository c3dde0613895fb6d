package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.driver.internal.process.ToolProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Images in a folder, made by qemu-img; root's alone, and another user may pass to them. */
record ImagesOfDisks(Path folder) {
  private static final int BACKING_FORMAT = 0xe2792aca;

  static ImagesOfDisks in(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    return new ImagesOfDisks(folder);
  }

  Path raw(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, new byte[1 << 20]);
    return closed(file);
  }

  Path image(String format, String name, String... more) throws IOException {
    Path file = folder.resolve(name);
    List<String> command = new ArrayList<>(List.of("qemu-img", "create", "-q", "-f", format));
    command.addAll(List.of(more));
    command.addAll(List.of(file.toString(), "1M"));
    run(command);
    return closed(file);
  }

  Path above(Path backing, String format, String name) throws IOException {
    return above(backing.toString(), format, name);
  }

  Path above(String backing, String format, String name) throws IOException {
    return image("qcow2", name, "-u", "-b", backing, "-F", format);
  }

  /** As {@link #above}, but the format is not said. */
  Path aboveUnnamed(Path backing, String name) throws IOException {
    Path file = above(backing, "raw", name);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer header = ByteBuffer.wrap(bytes);
    int at = 0;
    while (header.getInt(at) != BACKING_FORMAT) {
      at++;
    }
    header.putInt(at, 0x11223344); // one that readers skip
    Files.write(file, bytes);
    return file;
  }

  static Path closed(Path file) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  static void run(List<String> command) {
    ToolProcess.Result result = ToolProcess.run(command, new byte[0], Duration.ofSeconds(30));
    assertThat(result.exitStatus()).as(result.output()).isZero();
  }

  static String domain(String os, String devices) {
    return """
        <domain type='qemu'>
          <name>files</name>
          <memory unit='MiB'>32</memory>
          <os><type arch='x86_64' machine='q35'>hvm</type>%s</os>
          <features><acpi/></features>
          <devices>%s<serial type='pty'/></devices>
        </domain>
        """
        .formatted(os, devices);
  }

  static String disk(String format, Path image, String backing) {
    return domain(
        "",
        """
        <disk type='file' device='disk'>
          <driver name='qemu' type='%s'/>
          <source file='%s'/>%s
          <target dev='vda' bus='virtio'/>
        </disk>
        """
            .formatted(format, image, backing));
  }
}
