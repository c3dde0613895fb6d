package io.drover.standalone.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir private Path folder;

  @Test
  void aNewFolderIsForItsOwnerAlone() throws IOException {
    assertThat(DataFolder.close(folder.resolve("a/data"))).isEmpty();
    assertThat(rights(folder.resolve("a/data"))).isEqualTo("rwx------");
  }

  @Test
  void whatOthersCouldReadIsClosedAndNamed() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    Path database = Files.writeString(data.resolve("keycloakdb.mv.db"), "secrets");
    Path own = Files.writeString(data.resolve("own"), "secrets");
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "x");
    set(data, "rwxr-xr-x");
    set(database, "rw-r--r--");
    set(own, "rw-------");
    set(elsewhere, "rw-r--r--");
    Files.createSymbolicLink(data.resolve("link"), elsewhere);
    assertThat(DataFolder.close(data))
        .singleElement()
        .asString()
        .contains("2 files and folders", data.toString());
    assertThat(rights(data)).isEqualTo("rwx------");
    assertThat(rights(database)).isEqualTo("rw-------");
    assertThat(rights(elsewhere)).isEqualTo("rw-r--r--");
    assertThat(DataFolder.close(data)).isEmpty();
  }

  private static void set(Path file, String rights) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
