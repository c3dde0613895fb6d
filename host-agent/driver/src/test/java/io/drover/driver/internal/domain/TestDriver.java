package io.drover.driver.internal.domain;

import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.SharedHostFacts;

/** Opens drivers that know this host already. */
public final class TestDriver {
  private TestDriver() {}

  /** The defaults, and QEMU as root where the tests run as root. */
  public static DriverOptions options() {
    return DriverOptions.builder().qemuAsRoot(true).build();
  }

  /** As {@link LocalDriver#open}, and QEMU may run as root. */
  public static LocalDriver open(DriverLayout layout, DriverOptions options) {
    SharedHostFacts.giveTo(layout);
    return LocalDriver.open(layout, options.toBuilder().qemuAsRoot(true).build());
  }
}
