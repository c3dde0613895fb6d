package io.drover.driver.internal.tpm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.device.Tpm;
import io.drover.contracts.id.DomainId;
import io.drover.driver.DriverLayout;
import io.drover.driver.internal.process.UserIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a guest that has broken out may do to the folders of swtpm's user. */
@Timeout(30)
class HostileTpmFolderTest {
  private final DomainId id = new DomainId(UUID.randomUUID());
  @TempDir Path root;
  private TpmState states;
  private TpmPlan plan;
  private Path precious;

  @BeforeEach
  void make() throws IOException {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    precious = Files.writeString(root.resolve("precious"), "root's own");
    DriverLayout layout = DriverLayout.under(root.resolve("r"));
    Files.createDirectories(layout.swtpmLib());
    Files.createDirectories(layout.swtpmLog());
    Files.createDirectories(layout.swtpmState());
    states = new TpmState(Optional.of(UserIds.of("nobody")));
    TpmFiles files = TpmFiles.of(layout, id, "0123abcd");
    Tpm tpm =
        DomainXml.read(
                """
                <domain type='qemu'><name>a</name><memory>1024</memory>
                  <os><type arch='x86_64'>hvm</type></os>
                  <devices>
                    <tpm><backend type='emulator' persistent_state='yes'/></tpm>
                  </devices>
                </domain>
                """)
            .devices(Tpm.class)
            .get(0);
    plan = new TpmPlan(id, "a", "tpm0", (Tpm.EmulatedTpm) tpm.backend(), files, false);
  }

  private static String owner(Path file) throws IOException {
    return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName();
  }

  /** Where swtpm's user may write, a link to a file of root's is ready for root's next write. */
  @Test
  void rootWritesToNoFolderOfSwtpmsUser() throws IOException {
    assertThat(states.prepare(plan)).isTrue();
    try (var made = Files.walk(root.resolve("r"))) {
      for (Path each : (Iterable<Path>) made::iterator) {
        boolean theirs = owner(each.getParent()).equals("nobody");
        assertThat(theirs && owner(each).equals("root")).as(each + " of root").isFalse();
      }
    }
    assertThat(plan.files().persistent()).exists();
    assertThat(plan.files().setupConfiguration()).content(UTF_8).contains("create_certs_tool");
  }

  @Test
  void linksThatWereMadeBeforeAreNotFollowed() throws IOException {
    states.prepare(plan);
    Path link = plan.files().persistent();
    Files.delete(link);
    Files.createSymbolicLink(link, precious);
    Path state = plan.files().state(true);
    Files.createSymbolicLink(state, root);
    states.prepare(plan);
    states.finish(plan);
    assertThat(precious).hasContent("root's own");
    assertThat(owner(precious)).isEqualTo("root");
    assertThat(state).isDirectory();
    assertThat(Files.isSymbolicLink(state)).isFalse();
    TpmState.removeRunning(plan.files());
    assertThat(precious).exists();
  }

  @Test
  void stateThatASetupHasLeftHalfMadeIsMadeAnew() throws IOException {
    assertThat(states.prepare(plan)).isTrue();
    Files.writeString(plan.files().unfinished(true).resolve("half"), "");
    assertThat(states.prepare(plan)).isTrue();
    assertThat(plan.files().unfinished(true)).isEmptyDirectory();
    states.finish(plan);
    assertThat(states.prepare(plan)).isFalse();
    assertThat(owner(plan.files().state(true))).isEqualTo("nobody");
    states.keep(plan.files().passphrase(), "secret".getBytes(UTF_8));
    assertThat(owner(plan.files().passphrase().getParent())).isEqualTo("root");
    TpmState.removeRunning(plan.files());
    assertThat(plan.files().passphrase()).doesNotExist();
  }
}
