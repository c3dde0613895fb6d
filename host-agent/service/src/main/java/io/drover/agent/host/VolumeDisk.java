package io.drover.agent.host;

import io.drover.contracts.report.HostReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Measures what the file system of the volumes has for them. Thread-safe. */
public final class VolumeDisk implements Supplier<HostReport.DiskSpace> {
  private final Path volumes;
  private final LongSupplier allocatedBytes;
  private final long reserveBytes;
  private final long limitBytes;

  /**
   * @param volumes the folder of the volumes
   * @param allocatedBytes what the volumes that are there take now
   * @param reserveBytes what is kept for journals, logs and images, and is no volume's
   * @param limitBytes what the volumes may take in all, whatever is free
   */
  public VolumeDisk(Path volumes, LongSupplier allocatedBytes, long reserveBytes, long limitBytes) {
    this.volumes = volumes;
    this.allocatedBytes = allocatedBytes;
    this.reserveBytes = reserveBytes;
    this.limitBytes = limitBytes;
  }

  @Override
  public HostReport.DiskSpace get() {
    try {
      long usable = Files.getFileStore(volumes).getUsableSpace();
      return of(usable, allocatedBytes.getAsLong(), reserveBytes, limitBytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot measure the disk of " + volumes, e);
    }
  }

  static HostReport.DiskSpace of(long usable, long allocated, long reserve, long limit) {
    return new HostReport.DiskSpace(
        Math.max(0, Math.min(usable + allocated - reserve, limit)),
        Math.max(0, Math.min(usable - reserve, limit - allocated)));
  }
}
