package io.drover.definition.argv;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.host.HostLayout;
import io.drover.definition.argv.host.SecretMaterial;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.storage.NodeNumbers;
import io.drover.definition.complete.PluggedDevice;
import io.drover.definition.complete.PostParse;
import io.drover.definition.complete.emulator.EmulatorFacts;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A disk that is plugged into each of the golden definitions. */
class PluggedDiskTest {
  private static final Disk DISK =
      DomainXml.read(
              "<domain type='qemu'><name>n</name><memory>65536</memory><os><type>hvm</type></os>"
                  + "<devices><disk type='file'><source file='/z'/><target dev='vdz'"
                  + " bus='virtio'/></disk></devices></domain>")
          .devices(Disk.class)
          .get(0);

  static List<String> accepted() throws IOException, URISyntaxException {
    return GoldenDefinitions.accepted();
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void hasNamesThatNothingElseHasOrIsRefusedWithARemedy(String name)
      throws IOException, URISyntaxException {
    DomainDefinition running = GoldenDefinitions.completed(name);
    HostLayout layout = HostLayout.placeholders(running.name());
    PluggedDevice plugged;
    try {
      plugged = PostParse.completeOne(running, DISK, EmulatorFacts.offline());
    } catch (ProblemException e) {
      assertThat(e).hasMessageContaining("start the domain again");
      return;
    }
    Disk disk = (Disk) plugged.device();
    DevicePart part =
        DeviceParts.disk(
            running,
            disk,
            NodeNumbers.atStart(running).with(disk),
            layout,
            SecretMaterial.placeholders());

    String argv = String.join("\n", QemuArgv.build(running, layout, SecretMaterial.placeholders()));
    assertThat(part.options())
        .hasSize(3)
        .allSatisfy(
            option -> assertThat(argv).doesNotContain('"' + ((JsonOption) option).id() + '"'));
  }
}
