package io.drover.standalone.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drover.standalone.process.SystemCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the folders and accounts of this machine. */
class HostFolderIT {
  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void asRoot() throws Exception {
    assumeTrue(HostFolder.isRoot(), "others have no other accounts");
    QemuAccount.prepare(OperatorSettings.NONE);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    data = folder.resolve("data");
    DataFolder.close(data);
  }

  @AfterEach
  void removeEverything() throws IOException {
    Path apart = HostFolder.of(data).path();
    DataFolder.remove(data);
    assertThat(apart).doesNotExist();
    assertThat(data).doesNotExist();
  }

  @Test
  void qemusAccountReachesItsFilesBelowAClosedFolderAndNothingOfTheData() throws Exception {
    HostFolder host = HostFolder.prepare(data, StartProgress.SILENT);
    Path given = Files.writeString(host.root(new ClusterHost(1)).resolve("given"), "x");
    SystemCommand.require(List.of("chown", QemuAccount.NAME, given.toString()));
    Path secret = Files.writeString(data.resolve("secret"), "x");
    assertThat(readByQemusAccount(given)).isTrue();
    assertThat(readByQemusAccount(data.resolve("h/given"))).isFalse();
    assertThat(readByQemusAccount(secret)).isFalse();
    assertThat(listedByQemusAccount(host.path())).isFalse();
    assertThat(Files.readString(data.resolve("h/given"))).isEqualTo("x");
  }

  @Test
  void theSameFolderIsFoundAgainAlsoByAMovedDataFolder() throws Exception {
    HostFolder first = HostFolder.prepare(data, StartProgress.SILENT);
    Files.writeString(first.root(new ClusterHost(1)).resolve("kept"), "x");
    assertThat(HostFolder.prepare(data, StartProgress.SILENT)).isEqualTo(first);
    Path moved = Files.move(data, folder.resolve("moved"));
    assertThat(HostFolder.prepare(moved, StartProgress.SILENT)).isEqualTo(first);
    assertThat(first.root(new ClusterHost(1)).resolve("kept")).exists();
    data = moved;
  }

  @Test
  void whatARemovedDataFolderHasLeftIsNotTakenOver() throws Exception {
    HostFolder first = HostFolder.prepare(data, StartProgress.SILENT);
    Files.writeString(first.root(new ClusterHost(1)).resolve("left"), "x");
    DataFolder.removeTree(data);
    DataFolder.close(data);
    assertThat(HostFolder.prepare(data, StartProgress.SILENT)).isEqualTo(first);
    assertThat(first.root(new ClusterHost(1)).resolve("left")).doesNotExist();
  }

  @Test
  void whatAnEarlierVersionKeptInTheDataFolderIsMoved() throws Exception {
    Files.createDirectories(data.resolve("h/agent"));
    Files.writeString(data.resolve("h/agent/epoch"), "7");
    Files.createDirectories(data.resolve("postgresql/cluster"));
    HostFolder host = HostFolder.prepare(data, StartProgress.SILENT);
    assertThat(host.root(new ClusterHost(1)).resolve("agent/epoch")).hasContent("7");
    assertThat(data.resolve("h/agent/epoch")).hasContent("7");
    assertThat(host.postgresql().resolve("cluster")).isDirectory();
  }

  @Test
  void aGuestOfAnEarlierVersionKeepsItsFiles() throws Exception {
    Path agent = Files.createDirectories(data.resolve("h"));
    Process guest =
        new ProcessBuilder(
                "qemu-system-x86_64",
                "-nodefaults",
                "-display",
                "none",
                "-S",
                "-machine",
                "none",
                "-qmp",
                "unix:" + agent.resolve("q") + ",server=on,wait=off")
            .start();
    try {
      assertThatThrownBy(() -> HostFolder.prepare(data, StartProgress.SILENT))
          .hasMessageContaining("kill " + guest.pid());
      assertThat(Files.isSymbolicLink(agent)).isFalse();
    } finally {
      guest.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static boolean readByQemusAccount(Path file) throws Exception {
    return asQemusAccount("cat", file.toString());
  }

  private static boolean listedByQemusAccount(Path path) throws Exception {
    return asQemusAccount("ls", path.toString());
  }

  private static boolean asQemusAccount(String... words) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("setpriv"));
    command.addAll(List.of("--reuid=" + QemuAccount.NAME, "--clear-groups"));
    command.addAll(List.of("--regid=" + QemuAccount.NAME, "--inh-caps=-all"));
    command.addAll(List.of(words));
    return SystemCommand.run(command).status() == 0;
  }
}
