package io.drover.driver.internal;

import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.DriverProvider;
import io.drover.driver.HostInspection;
import io.drover.driver.QemuDriver;
import io.drover.driver.VolumeFiles;
import io.drover.driver.internal.capabilities.LocalInspection;
import io.drover.driver.internal.domain.LocalDriver;
import io.drover.driver.internal.probe.HostProbe;
import io.drover.driver.internal.storage.QemuImgVolumes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The driver in this process. */
public final class LocalProvider implements DriverProvider {
  @Override
  public QemuDriver open(DriverLayout layout, DriverOptions options) {
    return LocalDriver.open(layout, options);
  }

  @Override
  public VolumeFiles volumeFiles(Duration deadline, Optional<String> toolUser) {
    return new QemuImgVolumes(deadline, toolUser);
  }

  @Override
  public HostInspection inspection(
      Path cacheFolder,
      Path scratch,
      String pathVariable,
      InstantSource clock,
      LongSupplier nanoTicker) {
    return new LocalInspection(
        cacheFolder, scratch, HostProbe.searchPath(pathVariable), clock, nanoTicker);
  }
}
