package io.drover.driver.internal.domain;

import io.drover.driver.DriverOptions;
import io.drover.driver.internal.journal.Journal;
import io.drover.driver.internal.network.BridgePorts;
import io.drover.driver.internal.sidecar.Sidecars;
import io.drover.driver.internal.storage.TransientOverlays;
import io.drover.driver.internal.task.Listeners;
import io.drover.driver.internal.tpm.EmulatedTpms;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the domains of one driver share.
 *
 * @param operations who carries out which operation
 * @param pool runs the domains' serial executors
 * @param onEnd hears, on the domain's executor, that a domain is over, before anybody else does
 */
record DriverContext(
    DriverOptions options,
    Journal journal,
    FileOwnership handingOver,
    EmulatedTpms tpms,
    Sidecars companions,
    BridgePorts bridgePorts,
    TransientOverlays overlays,
    LiveHandlers operations,
    ExecutorService pool,
    Listeners listeners,
    Consumer<LocalDomain> onEnd) {
  private static final Logger LOG = LoggerFactory.getLogger(DriverContext.class);

  /** Runs what may take long, unless the driver was closed: then the next one does it. */
  void aside(Runnable task) {
    try {
      pool.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("The driver was closed while a domain had news");
    }
  }
}
