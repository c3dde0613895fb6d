package io.drover.driver;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.LongSupplier;

/**
 * What stands behind this API. It is found by {@link ServiceLoader}, so that the API's package
 * names nothing of what is internal; programs use {@link QemuDriver#open}, {@link VolumeFiles#of}
 * and {@link HostInspection#of} instead.
 */
public interface DriverProvider {
  /**
   * The provider on the class path of this library.
   *
   * @throws IllegalStateException when there is none: the library's {@code META-INF/services} was
   *     lost, as by a packaging that does not merge such files
   */
  static DriverProvider installed() {
    return ServiceLoader.load(DriverProvider.class, DriverProvider.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No provider of "
                        + DriverProvider.class.getName()
                        + " is on the class path; keep META-INF/services of drover-driver."));
  }

  /** See {@link QemuDriver#open}. */
  QemuDriver open(DriverLayout layout, DriverOptions options);

  /** See {@link VolumeFiles#of}. */
  VolumeFiles volumeFiles(Duration deadline, Optional<String> toolUser);

  /** See {@link HostInspection#of}. */
  HostInspection inspection(
      Path cacheFolder,
      Path scratch,
      String pathVariable,
      InstantSource clock,
      LongSupplier nanoTicker);
}
