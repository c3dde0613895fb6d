package io.drover.driver.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.device.Disk;
import org.junit.jupiter.api.Test;

class MissingMediaTest {
  private static final String XML =
      """
      <domain type='qemu'><name>a</name><memory>1024</memory><os><type>hvm</type></os><devices>
        <disk type='file' device='cdrom'><source file='/no/a' startupPolicy='optional'/><target dev='sda' bus='sata'/></disk>
        <disk type='block'><source dev='/no/b' startupPolicy='optional'/><target dev='vda'/></disk>
        <disk type='file'><source file='/no/c' startupPolicy='mandatory'/><target dev='vdb'/></disk>
        <disk type='file'><source file='/no/d'/><target dev='vdc'/></disk>
        <disk type='file'><source file='/there' startupPolicy='optional'/><target dev='vdd'/></disk>
        <disk type='file' device='cdrom'><source file='/no/e' startupPolicy='requisite'/><target dev='sdb' bus='sata'/></disk>
      </devices></domain>
      """;

  @Test
  void whatMayBeMissingIsLeftOutAndNothingElse() {
    DomainDefinition left =
        MissingMedia.leaveOut(DomainXml.read(XML), path -> path.startsWith("/there"));

    assertThat(left.devices(Disk.class))
        .extracting(disk -> disk.target().dev() + (disk.image() == null ? " empty" : ""))
        .containsExactly("sda empty", "vdb", "vdc", "vdd", "sdb");
  }
}
