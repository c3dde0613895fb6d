package io.drover.driver.internal.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.process.UserIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that QEMU's user has while a domain runs. */
class FileOwnershipTest {
  private static final String PRIVATE = "rwx------";

  @TempDir Path folder;
  private Path domain;
  private Path key;
  private FileOwnership ownership;

  @BeforeEach
  void make() throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    domain =
        Files.createDirectory(
            folder.resolve("domain"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE)));
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
    assertThat(owners).extracting(OriginalOwner::file).containsExactly(domain, key);
    assertThat(owners).allMatch(owner -> owner.uid() == 0 && owner.gid() == 0);
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

  @Test
  void theModesAreRestoredToo() throws IOException {
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    List<OriginalOwner> owners = ownership.owners(List.of(domain, key));
    ownership.chown(owners);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.setPosixFilePermissions(domain, PosixFilePermissions.fromString("rwxrwxrwx"));
    ownership.restore(owners);
    assertThat(rights(key)).isEqualTo("rw-r-----");
    assertThat(rights(domain)).isEqualTo(PRIVATE);
  }

  /** A QEMU whose guest has broken out links another guest's disk in the place of its own file. */
  @Test
  void anotherFileInTheSamePlaceStaysWhoseItIs() throws IOException {
    Path others = Files.createFile(folder.resolve("others"));
    Files.setAttribute(others, "unix:uid", (int) UserIds.of("nobody").uid());
    List<OriginalOwner> owners = ownership.owners(List.of(domain, key));
    ownership.chown(owners);
    Files.delete(key);
    Files.createLink(key, others);
    ownership.restore(owners);
    assertThat(owner(others)).isEqualTo("nobody");
    assertThat(owner(domain)).isEqualTo("root");
    Files.delete(key);
    Files.createSymbolicLink(key, others);
    ownership.restore(owners);
    assertThat(owner(others)).isEqualTo("nobody");
  }

  @Test
  void aFileThatIsExchangedBeforeItIsGivenIsNotGiven() throws IOException {
    List<OriginalOwner> owners = ownership.owners(List.of(key));
    Path others = Files.createFile(folder.resolve("others"));
    Files.delete(key);
    Files.createLink(key, others);
    assertThatThrownBy(() -> ownership.chown(owners)).isInstanceOf(ProblemException.class);
    assertThat(owner(others)).isEqualTo("root");
  }

  @Test
  void whatAnOlderDriverHasRecordedIsRestoredWithoutItsMode() throws IOException {
    Files.setAttribute(key, "unix:uid", (int) UserIds.of("nobody").uid());
    ownership.restore(List.of(new OriginalOwner(key, 0, 0)));
    assertThat(owner(key)).isEqualTo("root");
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static long ticks(Path file) throws IOException {
    return ((java.nio.file.attribute.FileTime) Files.getAttribute(file, "unix:ctime"))
        .to(java.util.concurrent.TimeUnit.NANOSECONDS);
  }
}
