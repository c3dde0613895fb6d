package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.operation.AttachDisk;
import io.drover.contracts.operation.CopyDisk;
import io.drover.contracts.operation.DetachDisk;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The files of disks that come and go belong to QEMU's user while the domain has them. */
@Timeout(180)
class OperatedFilesIT {
  private static final String USER = "nobody";
  @TempDir Path folder;

  private String owner(String file) throws IOException {
    return Files.getOwner(folder.resolve(file)).getName();
  }

  @Test
  void qemusUserOwnsAnImageAsLongAsTheDomainHasIt() throws Exception {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    OperatedGuest guest = new OperatedGuest(folder);
    try (LocalDriver driver =
        TestDriver.open(
            DriverLayout.under(folder.resolve("r")), DriverOptions.defaults().withQemuUser(USER))) {
      Domain domain = guest.start(driver);
      try {
        domain.execute(new AttachDisk(guest.disk("sdb", "scsi"), null));
        assertThat(owner("sdb.img")).isEqualTo(USER);
        domain.execute(new DetachDisk("sdb", null));
        assertThat(owner("sdb.img")).isEqualTo("root");

        Path notQcow2 = guest.image("other.img", 512);
        assertThatThrownBy(
                () ->
                    domain.execute(
                        new AttachDisk(OperatedGuest.disk(notQcow2, "sdb", "scsi", "qcow2"), null)))
            .hasMessageContaining("no image of the format qcow2");
        assertThat(owner("other.img")).isEqualTo("root");

        Path copy = guest.image("copy.img", OperatedGuest.DISK_BYTES);
        domain.execute(new CopyDisk("sda", OperatedGuest.disk(copy, "sda", "scsi", "raw"), 0));
        assertThat(owner("sda.img")).isEqualTo("root");
        assertThat(owner("copy.img")).isEqualTo(USER);
      } finally {
        domain.destroy();
      }
      assertThat(owner("copy.img")).isEqualTo("root");
    }
  }
}
