package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DeviceXml;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.AttachDisk;
import io.drover.contracts.operation.CopyDisk;
import io.drover.contracts.operation.DetachDisk;
import io.drover.contracts.operation.DiskDetached.Outcome;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.ImageFormat;
import io.drover.driver.NewVolume;
import io.drover.driver.SecretBytes;
import io.drover.driver.SecretSource;
import io.drover.driver.internal.storage.QemuImgVolumes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted disks come and go, and QEMU keeps no key of them but what it reads with. */
@Timeout(180)
class EncryptedDiskOperationsIT {
  private static final UUID SECRET = UUID.fromString("0a4a1c2f-3c5a-4f0e-9c39-6f0e1e709b12");
  private static final String PASSPHRASE = "bm9ib2R5LWhhcy10eXBlZC10aGlzLXBhc3NwaHJhc2U=";
  @TempDir Path folder;
  private OperatedGuest guest;
  private LocalDriver driver;
  private Domain domain;

  @BeforeEach
  void start() throws Exception {
    guest = new OperatedGuest(folder);
    driver =
        TestDriver.open(
            DriverLayout.under(folder.resolve("r")),
            TestDriver.options().withSecrets(SecretSource.inMemory(Map.of(SECRET, PASSPHRASE))));
    domain = guest.start(driver);
  }

  @AfterEach
  void end() {
    driver.domains().forEach(Domain::destroy);
    driver.close();
  }

  private Disk encrypted(String target, String name, ImageFormat format, UUID secret) {
    Path image = folder.resolve(name);
    new QemuImgVolumes(Duration.ofSeconds(60))
        .create(
            new NewVolume(image, format, OperatedGuest.DISK_BYTES, Optional.empty()),
            Optional.of(SecretBytes.owning(PASSPHRASE.getBytes(StandardCharsets.UTF_8))));
    String plain = DeviceXml.write(OperatedGuest.disk(image, target, "scsi", format.qemuName()));
    String encryption =
        "<encryption format='luks'><secret type='passphrase' uuid='" + secret + "'/></encryption>";
    return DeviceXml.read(
        plain.replaceFirst("(<source file='[^']*')/>", "$1>" + encryption + "</source>"),
        Disk.class);
  }

  private void hasNoKeys() {
    assertThat(OperatedGuest.children(domain, "/objects"))
        .contains("masterKey0")
        .noneMatch(id -> id.startsWith("key-of") || id.contains("secret"));
  }

  @Test
  void anEncryptedDiskIsAttachedAndDetached() {
    for (ImageFormat format : ImageFormat.values()) {
      Disk disk = encrypted("sdb", "sdb." + format.qemuName(), format, SECRET);
      domain.execute(new AttachDisk(disk, null));
      assertThat(domain.qmp("query-named-block-nodes", "{}")).contains("\"encrypted\":true");
      hasNoKeys();
      assertThat(domain.execute(new DetachDisk("sdb", null)).outcome()).isEqualTo(Outcome.REMOVED);
      assertThat(OperatedGuest.nodes(domain)).hasSize(2);
    }
  }

  @Test
  void aDiskIsCopiedIntoAnEncryptedOne() {
    Disk copy = encrypted("sda", "copy.qcow2", ImageFormat.QCOW2, SECRET);
    domain.execute(new CopyDisk("sda", copy, 0));
    assertThat(domain.definitionXml()).contains("copy.qcow2").contains(SECRET.toString());
    assertThat(domain.qmp("query-named-block-nodes", "{}")).contains("\"encrypted\":true");
    hasNoKeys();
  }

  @Test
  void aDiskWhoseKeyIsNotThereIsNotAttached() {
    Disk disk = encrypted("sdb", "sdb.qcow2", ImageFormat.QCOW2, UUID.randomUUID());
    assertThatThrownBy(() -> domain.execute(new AttachDisk(disk, null)))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_UNAVAILABLE));
    hasNoKeys();
    assertThat(OperatedGuest.nodes(domain)).hasSize(2);
  }
}
