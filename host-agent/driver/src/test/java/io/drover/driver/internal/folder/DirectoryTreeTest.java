package io.drover.driver.internal.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.DriverLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees that somebody else has made before root comes, as below /var/tmp. */
class DirectoryTreeTest {
  private static final int NOBODY = 65534;
  @TempDir Path shared;

  @ParameterizedTest
  @ValueSource(strings = {"vms", "vms/run", "vms/run/qemu", "vms/lib"})
  void aFolderOfAnotherUserIsRefused(String theirs) throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Path made = Files.createDirectories(shared.resolve(theirs));
    Files.setAttribute(made, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
    DriverLayout layout = DriverLayout.under(shared.resolve("vms"));
    assertThatThrownBy(() -> DirectoryTree.make(layout, false))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
        .hasMessageContaining(made + " belongs to the user " + NOBODY);
  }

  @Test
  void soIsALinkOfAnotherUser() throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Path ours = Files.createDirectory(shared.resolve("ours"));
    Path link = Files.createSymbolicLink(shared.resolve("vms"), ours);
    Files.setAttribute(link, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
    assertThatThrownBy(() -> DirectoryTree.make(DriverLayout.under(link), false))
        .hasMessageContaining(link + " belongs to the user " + NOBODY);
    assertThat(ours).isEmptyDirectory();
  }

  @Test
  void theOwnersAboveTheRootDoNotCount() throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Path above = Files.createDirectory(shared.resolve("home"));
    Files.setAttribute(above, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
    DirectoryTree.make(DriverLayout.under(above.resolve("vms")), false);
  }
}
