package io.drover.driver.internal.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.driver.internal.process.UserIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that QEMU's user has while a domain runs. */
class FileOwnershipTest {
  @TempDir Path folder;
  private Path domain;
  private Path key;
  private FileOwnership ownership;

  @BeforeEach
  void make() throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    domain = Files.createDirectory(folder.resolve("domain"));
    key = Files.createFile(domain.resolve("key"));
    ownership = new FileOwnership(Optional.of(UserIds.of("nobody")));
  }

  private static String owner(Path file) throws IOException {
    return Files.getOwner(file).getName();
  }

  /** So that a driver that dies in between leaves a record of whose they were. */
  @Test
  void whoseTheyAreIsKnownBeforeTheyAreGiven() throws IOException {
    List<OriginalOwner> owners = ownership.owners(List.of(domain, key, folder.resolve("absent")));
    assertThat(owners)
        .containsExactly(new OriginalOwner(domain, 0, 0), new OriginalOwner(key, 0, 0));
    assertThat(owner(key)).isEqualTo("root");
    ownership.chown(owners);
    assertThat(owner(domain)).isEqualTo("nobody");
    assertThat(owner(key)).isEqualTo("nobody");
    assertThat(ownership.owners(List.of(key))).isEmpty();
    ownership.restore(owners);
    assertThat(owner(domain)).isEqualTo("root");
    assertThat(owner(key)).isEqualTo("root");
  }

  /** In a folder that is given already, a name may be a link to a file of root's by now. */
  @Test
  void theFolderIsGivenAfterTheFilesInItAndTakenBeforeThem() throws IOException {
    List<OriginalOwner> owners = ownership.owners(List.of(domain, key));
    ownership.chown(owners);
    long keyGiven = (long) ticks(key);
    assertThat(ticks(domain)).isGreaterThanOrEqualTo(keyGiven);
    ownership.restore(owners);
    assertThat(ticks(domain)).isLessThanOrEqualTo(ticks(key));
  }

  private static long ticks(Path file) throws IOException {
    return ((java.nio.file.attribute.FileTime) Files.getAttribute(file, "unix:ctime"))
        .to(java.util.concurrent.TimeUnit.NANOSECONDS);
  }
}
