package io.drover.standalone.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.standalone.process.SystemCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the file system of this machine; {@code du} measures. */
class DiskShareIT {
  private static final int MIB = 1 << 20;

  @TempDir Path folder;

  private OptionalLong share(int hosts, String reserveMib) throws Exception {
    OperatorSettings settings =
        new OperatorSettings(Map.of("DROVER_DISK_RESERVE_MIB", reserveMib), List.of());
    ClusterOptions options =
        new ClusterOptions(folder, folder, Ports.free(), settings, hosts, true);
    return DiskShare.measure(new HostFolder(folder), options);
  }

  @Test
  void aSingleHostHasTheWholeDisk() throws Exception {
    assertThat(share(1, "0")).isEmpty();
  }

  @Test
  void severalHostsShareWhatIsFreeAndWhatTheirVolumesHave() throws Exception {
    volume(2, 64);
    long free = Files.getFileStore(folder).getUsableSpace() / MIB;
    long shared = share(3, "1024").orElseThrow();
    assertThat(3 * shared)
        .as("others write to this disk meanwhile")
        .isBetween(free + 64 - 1024 - 512, free + 64 - 1024 + 512);
  }

  @Test
  void theRestOfTheDivisionAndAFullDiskAreNobodys() {
    assertThat(DiskShare.of(100, 10, 4)).isEqualTo(22);
    assertThat(DiskShare.of(100, 2048, 4)).isZero();
  }

  /** Of another size than what it takes. */
  private void volume(int host, int mib) throws IOException, InterruptedException {
    Path volumes = folder.resolve(new ClusterHost(host).folder()).resolve("volumes");
    Path file = Files.createDirectories(volumes).resolve("v");
    Files.write(file, new byte[mib * MIB]);
    SystemCommand.require(List.of("truncate", "--size=+1G", file.toString()));
  }
}
