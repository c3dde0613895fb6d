package io.drover.standalone.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
  @TempDir Path folder;

  @Test
  void areMadeOnceAndReadableByTheirOwnerAlone() throws Exception {
    ClusterCredentials first = ClusterCredentials.load(folder, new SecureRandom());
    ClusterCredentials second = ClusterCredentials.load(folder, new SecureRandom());

    assertThat(second.of("alice")).isEqualTo(first.of("alice")).isNotEqualTo(first.of("bob"));
    assertThat(UUID.fromString(first.of("host-id")).version()).isEqualTo(4);
    for (Path file : new Path[] {folder.resolve("credentials.properties"), first.rootKeyFile()}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(first.toString()).doesNotContain(first.of("alice"));
  }
}
