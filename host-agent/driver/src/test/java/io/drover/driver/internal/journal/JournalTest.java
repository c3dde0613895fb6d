package io.drover.driver.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.id.DomainId;
import io.drover.definition.taint.Taint;
import io.drover.driver.internal.process.ProcessIdentity;
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
  private Path folder;
  private Journal journal;

  @BeforeEach
  void open(@TempDir Path temporary) {
    folder = temporary;
    journal = new Journal(temporary);
  }

  private static JournalEntry entry() {
    return new JournalEntry(
        ID,
        "web <1> & \"more\"",
        new ProcessIdentity(4711, 123456789L),
        "boot-1",
        Path.of("/r/run/qemu/0123abcd"),
        Path.of("/r/run/qemu/0123abcd/qmp"),
        Path.of("/r/log/qemu/x.log"),
        Optional.of(Path.of("/r/run/qemu/0123abcd/serial0")),
        Optional.empty(),
        "tcg",
        "running",
        "booted",
        Map.of("generation", "7", "note", "<&\"' \u00e9"),
        List.of(new JournalEntry.HandedOver(Path.of("/v/disk.img"), 0, 6)),
        Set.of(Taint.CUSTOM_ARGV, Taint.HOST_CPU),
        "<domain type=\"qemu\"><name>web</name></domain>");
  }

  @Test
  void keepsEverything() {
    journal.write(entry());
    assertThat(journal.read()).containsExactly(new Journal.Found.Entry(entry()));
  }

  @Test
  void replacesAndRemoves() {
    journal.write(entry());
    journal.write(entry().withState("paused", "user").withTags(Map.of()));
    assertThat(journal.read())
        .containsExactly(
            new Journal.Found.Entry(entry().withState("paused", "user").withTags(Map.of())));
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
