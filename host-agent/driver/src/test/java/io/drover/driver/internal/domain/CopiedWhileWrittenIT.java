package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.operation.CopyDisk;
import io.drover.contracts.operation.DiskCopied;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.JobOptions;
import io.drover.driver.OperationHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk is copied while it is written through its device's own way to the image, as the guest's
 * writes go; what was written is on the copy, wherever the copy was at that moment. That a guest
 * writes over the switch is shown by {@link GuestOperationsIT}: QEMU 7.2 does not survive these
 * writes of its monitor at that moment.
 */
@Timeout(180)
class CopiedWhileWrittenIT {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final int MIB = 1 << 20;
  private static final int DISK_BYTES = 32 * MIB;
  private static final int WRITES = 200;
  private static final String DEVICE = "scsi0-0-0-0";
  private final Random random = new Random(20261129);
  private final byte[] expected = new byte[DISK_BYTES];
  @TempDir Path root;
  @TempDir Path folder;
  private LocalDriver driver;
  private Domain domain;
  private Path old;
  private Path copy;

  @BeforeEach
  void start() throws IOException {
    driver = TestDriver.open(DriverLayout.under(root), TestDriver.options());
    OperatedGuest guest = new OperatedGuest(folder);
    String xml = guest.xml("pc");
    old = folder.resolve("sda.img");
    random.nextBytes(expected);
    Files.write(old, expected);
    copy = guest.image("copy.img", DISK_BYTES);
    domain = guest.start(driver, xml);
  }

  @AfterEach
  void end() {
    domain.destroy();
    driver.close();
  }

  private OperationHandle<DiskCopied> copy(int bytesPerSecond) {
    return domain.submit(
        new CopyDisk("sda", OperatedGuest.disk(copy, "sda", "scsi", "raw"), bytesPerSecond),
        JobOptions.of("copy-1", "test"));
  }

  /** One write of up to 64 KiB somewhere; QEMU has answered it when this returns. */
  private void write() {
    int length = 512 * (1 + random.nextInt(128));
    int offset = 512 * random.nextInt((DISK_BYTES - length) / 512);
    int pattern = 1 + random.nextInt(255);
    String line = "write -P " + pattern + " " + offset + " " + length;
    String answer =
        domain.qmp(
            "human-monitor-command",
            "{\"command-line\":\"qemu-io -d " + DEVICE + " \\\"" + line + "\\\"\"}");
    assertThat(answer)
        .as(line + ", whose refusal is shown, and whose success is not")
        .isEqualTo("\"\"");
    Arrays.fill(expected, offset, offset + length, (byte) pattern);
  }

  /**
   * @param bytesPerSecond 0 for as fast as it can
   */
  private void copyOnAt(int bytesPerSecond) {
    String job = OperatedGuest.ask(domain, "query-block-jobs", "{}").get(0).path("device").asText();
    OperatedGuest.ask(
        domain,
        "block-job-set-speed",
        "{\"device\":\"" + job + "\",\"speed\":" + bytesPerSecond + "}");
  }

  @Test
  void theCopyAndTheOldImageAreBitEqualWhenTheWritesEndBeforeTheCopy() throws Exception {
    OperationHandle<DiskCopied> handle = copy(2 * MIB);
    while (handle.job().progress().doneBytes() < DISK_BYTES / 2) {
      write();
    }
    copyOnAt(1); // however slow this machine is, all the other writes come before the copy's end
    for (int i = 0; i < WRITES; i++) {
      write();
    }
    assertThat(handle.await(Duration.ZERO)).as("it still copies").isEmpty();
    copyOnAt(0);

    DiskCopied done = handle.await(DEADLINE).orElseThrow();

    assertThat(done.bytes()).as("what was written is copied again").isGreaterThan(DISK_BYTES);
    assertThat(domain.definitionXml()).contains("copy.img").doesNotContain("sda.img");
    domain.destroy();
    OperatedGuest.requireEqualImages(old, copy);
    assertThat(copy).hasBinaryContent(expected);
  }
}
