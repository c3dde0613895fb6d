package io.drover.driver.internal.domain;

import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;

/** Opens drivers that know this host already. */
public final class TestDriver {
  private TestDriver() {}

  /** As {@link LocalDriver#open}. */
  public static LocalDriver open(DriverLayout layout, DriverOptions options) {
    SharedHostFacts.giveTo(layout);
    return LocalDriver.open(layout, options);
  }
}
