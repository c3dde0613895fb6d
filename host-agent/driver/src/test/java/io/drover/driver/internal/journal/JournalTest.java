package io.drover.driver.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.id.DomainId;
import io.drover.definition.taint.Taint;
import io.drover.driver.StateReason;
import io.drover.driver.internal.display.DisplayPortRecord;
import io.drover.driver.internal.folder.FolderRecord;
import io.drover.driver.internal.folder.OriginalOwner;
import io.drover.driver.internal.folder.OwnershipRecord;
import io.drover.driver.internal.folder.QemuFiles;
import io.drover.driver.internal.network.BridgePortRecord;
import io.drover.driver.internal.process.ProcessIdentity;
import io.drover.driver.internal.resource.ResourceKind;
import io.drover.driver.internal.resource.ResourceRecord;
import io.drover.driver.internal.sidecar.DriverUserSidecarsRecord;
import io.drover.driver.internal.sidecar.QemuUserSidecarsRecord;
import io.drover.driver.internal.storage.OverlayRecord;
import io.drover.driver.internal.tpm.TpmRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final DomainId ID =
      new DomainId(UUID.fromString("6f0e1e70-3c5a-4f0e-9c39-0a4a1c2f9b11"));
  private static final Path FOLDER = Path.of("/r/run/qemu/0123abcd");
  private static final List<ResourceKind<?>> KINDS =
      List.of(
          FolderRecord.KIND,
          DisplayPortRecord.KIND,
          TpmRecord.KIND,
          DriverUserSidecarsRecord.KIND,
          OwnershipRecord.KIND,
          QemuUserSidecarsRecord.KIND,
          BridgePortRecord.KIND,
          OverlayRecord.KIND);
  private Path folder;
  private Journal journal;

  @BeforeEach
  void open(@TempDir Path temporary) {
    folder = temporary;
    journal = new Journal(temporary, KINDS, JournalObserver.none());
  }

  private static JournalEntry entry() {
    return new JournalEntry(
        ID,
        new ProcessIdentity(4711, 123456789L),
        "boot-1",
        new QemuFiles(
            FOLDER,
            FOLDER.resolve("qmp"),
            Path.of("/r/log/qemu/x.log"),
            Optional.of(FOLDER.resolve("serial0")),
            Optional.empty()),
        "tcg",
        StateReason.RUNNING_BOOTED,
        Map.of("generation", "7", "note", "<&\"' \u00e9"),
        Set.of(Taint.CUSTOM_ARGV, Taint.HOST_CPU),
        List.of(
            new FolderRecord(FOLDER),
            new DisplayPortRecord(ID, List.of(5900, 5701)),
            new TpmRecord(ID, "0123abcd"),
            new DriverUserSidecarsRecord(List.of("--socket-path=/r/run/<fs0>.sock")),
            new OwnershipRecord(
                List.of(
                    new OriginalOwner(
                        Path.of("/v/disk \"1\".img"),
                        0,
                        6,
                        new OriginalOwner.FileIdentity(7, 8, 0640)),
                    new OriginalOwner(Path.of("/v/older.img"), 0, 6))),
            new QemuUserSidecarsRecord(List.of("--socket=/r/passt0.sock")),
            new BridgePortRecord(List.of("v6f0e1e703c-0")),
            new OverlayRecord(List.of(Path.of("/v/disk.img.TRANSIENT-web")))),
        DomainXml.read(
            """
            <domain type='qemu'>
              <name>web &lt;1&gt; &amp; "more"</name>
              <uuid>6f0e1e70-3c5a-4f0e-9c39-0a4a1c2f9b11</uuid>
              <memory unit='MiB'>16</memory>
              <os><type arch='x86_64' machine='pc'>hvm</type></os>
            </domain>
            """));
  }

  @Test
  void knowsEveryKindOfTheList() {
    assertThat(entry().resources())
        .extracting(ResourceRecord::kind)
        .containsExactlyElementsOf(KINDS);
  }

  @Test
  void aKindThatThisDriverDoesNotKnowIsReportedAndLeft() {
    journal.write(entry());
    Journal older = new Journal(folder, KINDS.subList(0, 3), JournalObserver.none());
    assertThat(older.read()).singleElement().isInstanceOf(Journal.Found.Unreadable.class);
  }

  /** Written by the driver of the release before, with a folder, a list of taps and an owner. */
  @Test
  void theStatusOfAnOlderDriverIsRead() throws IOException {
    Path own = folder.resolve("0123abcd");
    Files.write(folder.resolve("0123abcd.companions"), List.of("--socket-path=/r/fs0.sock"));
    Files.write(folder.resolve("0123abcd.taps"), List.of("tap7"));
    Files.writeString(
        folder.resolve(ID + ".xml"),
        """
        <domstatus state="paused" reason="ioerror" pid="4711" startTicks="123" boot="boot-1"\
         uuid="6f0e1e70-3c5a-4f0e-9c39-0a4a1c2f9b11" name="web">
          <taint flag="custom-argv"/>
          <monitor path="%1$s/qmp" type="unix"/>
          <libDir path="%1$s"/>
          <log path="/r/log/qemu/x.log"/>
          <accelerator name="tcg"/>
          <console socket="%1$s/serial0"/>
          <tag name="generation" value="7"/>
          <handedOver gid="6" path="/v/disk.img" uid="0"/>
        <domain type="qemu"><name>web</name><uuid>6f0e1e70-3c5a-4f0e-9c39-0a4a1c2f9b11</uuid>
        <memory>16384</memory><os><type arch="x86_64" machine="pc">hvm</type></os><devices>
        <disk type="file" device="disk"><driver name="qemu" type="qcow2"/>
        <source file="/v/disk.img.TRANSIENT-web"/><target dev="vda" bus="virtio"/><transient/>
        </disk><graphics type="vnc" port="5901" autoport="yes"/></devices></domain></domstatus>
        """
            .formatted(own));

    Journal.Found only = journal.read().get(0);
    assertThat(only).as(only.toString()).isInstanceOf(Journal.Found.Entry.class);
    JournalEntry read = ((Journal.Found.Entry) only).entry();
    assertThat(read.name()).isEqualTo("web");
    assertThat(read.reason()).isEqualTo(StateReason.PAUSED_IOERROR);
    assertThat(read.process()).isEqualTo(new ProcessIdentity(4711, 123));
    assertThat(read.tags()).containsEntry("generation", "7");
    assertThat(read.taints()).containsExactly(Taint.CUSTOM_ARGV);
    assertThat(read.files().consoleSocket()).contains(own.resolve("serial0"));
    assertThat(read.resources())
        .containsExactly(
            new FolderRecord(own),
            new DisplayPortRecord(ID, List.of(5901)),
            new TpmRecord(ID, "0123abcd"),
            new DriverUserSidecarsRecord(List.of("--socket-path=/r/fs0.sock")),
            new OwnershipRecord(List.of(new OriginalOwner(Path.of("/v/disk.img"), 0, 6))),
            new BridgePortRecord(List.of("tap7")),
            new OverlayRecord(List.of(Path.of("/v/disk.img.TRANSIENT-web"))));
    journal.write(read);
    assertThat(journal.read()).containsExactly(new Journal.Found.Entry(read));
  }

  @Test
  void keepsEverything() {
    journal.write(entry());
    assertThat(journal.read()).containsExactly(new Journal.Found.Entry(entry()));
  }

  @Test
  void replacesAndRemoves() {
    journal.write(entry());
    journal.write(entry().withReason(StateReason.PAUSED_USER).withTags(Map.of()));
    assertThat(journal.read())
        .containsExactly(
            new Journal.Found.Entry(
                entry().withReason(StateReason.PAUSED_USER).withTags(Map.of())));
    journal.remove(ID);
    journal.remove(ID);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void keepsATaintThatCameLater() {
    JournalEntry tainted = entry().withTaint(Taint.CUSTOM_MONITOR);
    journal.write(tainted);
    assertThat(journal.read()).containsExactly(new Journal.Found.Entry(tainted));
    assertThat(tainted.taints()).hasSize(3);
  }

  @Test
  void isForTheDriverAlone() throws IOException {
    journal.write(entry());
    assertThat(Files.getPosixFilePermissions(folder.resolve(ID + ".xml")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void whatCannotBeReadIsReportedAndLeft() throws IOException {
    journal.write(entry());
    Path broken = Files.writeString(folder.resolve("broken.xml"), "<domstatus");
    Path hostile =
        Files.writeString(
            folder.resolve("hostile.xml"),
            "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><domstatus>&x;</domstatus>");
    Path other = Files.writeString(folder.resolve("other.xml"), "<domstatus pid='1'/>");

    assertThat(journal.read())
        .filteredOn(Journal.Found.Unreadable.class::isInstance)
        .extracting(found -> ((Journal.Found.Unreadable) found).file())
        .containsExactlyInAnyOrder(broken, hostile, other);
    assertThat(journal.read()).hasSize(4);
  }

  @Test
  void aHalfWrittenFileOfACrashIsOverwritten() throws IOException {
    Files.writeString(folder.resolve(ID + ".xml.new"), "<domst");
    journal.write(entry());
    assertThat(journal.read()).containsExactly(new Journal.Found.Entry(entry()));
  }
}
