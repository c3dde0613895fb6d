package io.drover.driver.internal.define;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.Identity;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.internal.journal.JournalObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** libvirt's tree of persistent definitions, as files and as what is known of them. */
class DefinitionStoreTest {
  private static final DomainId WEB = id(1);
  @TempDir Path folder;
  private DefinitionStore store;

  @BeforeEach
  void open() {
    store = loaded();
  }

  private DefinitionStore loaded() {
    DefinitionStore fresh = new DefinitionStore(folder, JournalObserver.none());
    fresh.load();
    return fresh;
  }

  private static DomainId id(int number) {
    return new DomainId(new UUID(7, number));
  }

  private static DomainDefinition domain(DomainId id, String name, int mib) {
    DomainDefinition read =
        DomainXml.read(
            """
            <domain type='qemu'>
              <name>x</name>
              <memory unit='MiB'>%d</memory>
              <os><type arch='x86_64' machine='pc'>hvm</type></os>
            </domain>
            """
                .formatted(mib));
    return read.withIdentity(new Identity(name, id.value(), null, null, null, null));
  }

  private void refused(ErrorCode code, String words, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.code()).isEqualTo(code))
        .hasMessageContaining(words);
  }

  @Test
  void aDefinitionLastsAsLibvirtsFileForTheDriverAlone() throws IOException {
    assertThat(store.define(domain(WEB, "web", 64))).isTrue();
    assertThat(store.define(domain(WEB, "web", 128))).isFalse();
    Path file = folder.resolve("web.xml");
    assertThat(DomainXml.read(Files.readString(file))).isEqualTo(domain(WEB, "web", 128));
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    PersistentDefinition again = loaded().require(WEB);
    assertThat(again.definition()).isEqualTo(domain(WEB, "web", 128));
    assertThat(again.autostart()).isFalse();
  }

  @Test
  void namesAndIdsAreUniqueAsInLibvirt() {
    store.define(domain(WEB, "web", 64));
    refused(
        ErrorCode.NAME_TAKEN,
        "'web' already exists with uuid " + WEB,
        () -> store.define(domain(id(2), "web", 64)));
    refused(
        ErrorCode.NAME_TAKEN,
        "'web' is already defined with uuid " + WEB,
        () -> store.define(domain(WEB, "db", 64)));
    assertThat(loaded().all()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "a/b", "../../etc/cron.d/x", "/etc/passwd", "a\nb", "a\u0000b"})
  void aHostileNameTouchesNoFile(String name) {
    refused(ErrorCode.INVALID_DEFINITION, "name", () -> store.define(domain(WEB, name, 64)));
    assertThat(folder).isEmptyDirectory();
    assertThat(store.all()).isEmpty();
  }

  @Test
  void aNameThatIsTooLongForAFileIsRefusedWithTheLimit() {
    refused(
        ErrorCode.INVALID_DEFINITION,
        "at most 247 bytes",
        () -> store.define(domain(WEB, "n".repeat(248), 64)));
    store.define(domain(WEB, "n".repeat(247), 64));
    assertThat(loaded().all()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "..x", ".hidden", "autostart", "x.xml", "-rf", "$(id)", "a'b\"c"})
  void aStrangeNameIsAFileLikeAnyOther(String name) {
    store.define(domain(WEB, name, 64));
    store.autostart(WEB, true);
    assertThat(loaded().find(name)).hasValueSatisfying(x -> assertThat(x.autostart()).isTrue());
    store.undefine(WEB);
    assertThat(loaded().all()).isEmpty();
    assertThat(folder.resolve("autostart")).isEmptyDirectory();
  }

  @Test
  void aFileThatCannotBeReadIsNeitherLostNorOverwritten() throws IOException {
    store.define(domain(WEB, "web", 64));
    Path broken = Files.writeString(folder.resolve("broken.xml"), "<domain");
    Path other = Files.writeString(folder.resolve("other.xml"), "<network/>");
    Path renamed = Files.copy(folder.resolve("web.xml"), folder.resolve("renamed.xml"));
    DefinitionStore next = loaded();
    assertThat(next.all()).extracting(PersistentDefinition::name).containsExactly("web");
    for (String name : new String[] {"broken", "other", "renamed"}) {
      refused(
          ErrorCode.INVALID_STATE,
          name + ".xml cannot be read",
          () -> next.define(domain(id(3), name, 64)));
    }
    assertThat(Files.readString(broken)).isEqualTo("<domain");
    assertThat(other).exists();
    assertThat(renamed).exists();
  }

  @Test
  void whatACrashLeftHalfWrittenIsNoDefinition() throws IOException {
    Files.writeString(folder.resolve("web.xml.new"), "<domain");
    store = loaded();
    assertThat(store.all()).isEmpty();
    store.define(domain(WEB, "web", 64));
    assertThat(loaded().all()).hasSize(1);
    assertThat(folder.resolve("web.xml.new")).doesNotExist();
  }

  @Test
  void autostartIsLibvirtsLink() throws IOException {
    store.define(domain(WEB, "web", 64));
    store.autostart(WEB, true);
    store.autostart(WEB, true);
    Path link = folder.resolve("autostart/web.xml");
    assertThat(Files.readSymbolicLink(link)).isEqualTo(folder.resolve("web.xml"));
    assertThat(loaded().require(WEB).autostart()).isTrue();
    store.define(domain(WEB, "web", 128));
    assertThat(store.require(WEB).autostart()).isTrue();
    store.autostart(WEB, false);
    assertThat(Files.exists(link)).isFalse();
    refused(ErrorCode.NOT_FOUND, id(9).toString(), () -> store.autostart(id(9), true));
  }

  @Test
  void aRenamedDomainKeepsItsIdAndItsAutostart() {
    store.define(domain(WEB, "web", 64));
    store.define(domain(id(2), "db", 64));
    store.autostart(WEB, true);
    refused(ErrorCode.NAME_TAKEN, "'db' already exists", () -> store.rename(WEB, "db"));
    store.rename(WEB, "front");
    PersistentDefinition renamed = loaded().find("front").orElseThrow();
    assertThat(renamed.id()).isEqualTo(WEB);
    assertThat(renamed.autostart()).isTrue();
    assertThat(folder.resolve("web.xml")).doesNotExist();
    assertThat(folder.resolve("autostart").toFile().list()).containsExactly("front.xml");
  }

  @Test
  void domainsStartWithTheHostOnceABoot() {
    AutostartMark first = new AutostartMark(folder, "boot-1");
    assertThat(first.set()).isFalse();
    first.write();
    first.write();
    assertThat(new AutostartMark(folder, "boot-1").set()).isTrue();
    AutostartMark second = new AutostartMark(folder, "boot-2");
    assertThat(second.set()).isFalse();
    second.write();
    assertThat(second.set()).isTrue();
    assertThat(first.set()).isFalse();
  }
}
