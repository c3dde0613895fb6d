package io.drover.driver.internal.domain;

import io.drover.driver.Domain;
import io.drover.driver.DriverOptions;
import io.drover.driver.LifecycleEvent;
import io.drover.driver.internal.define.DefinitionStore;
import io.drover.driver.internal.journal.Journal;
import io.drover.driver.internal.plan.DefinitionCompleter;
import io.drover.driver.internal.resource.ResourceStack;
import io.drover.driver.internal.task.Listeners;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the domains of one driver share.
 *
 * @param pool runs the domains' serial executors
 * @param onEnd gets, on the domain's executor, a domain that is over, before anybody else does
 */
record DriverContext(
    DriverOptions options,
    Journal journal,
    ResourceStack resources,
    DefinitionStore definitions,
    DefinitionCompleter completer,
    LiveHandlers operations,
    ExecutorService pool,
    Listeners listeners,
    Consumer<LocalDomain> onEnd) {
  private static final Logger LOG = LoggerFactory.getLogger(DriverContext.class);

  /** Publishes that a domain's persistent definition was replaced. */
  void redefined(Domain domain) {
    listeners.lifecycle(
        new LifecycleEvent(
            domain, LifecycleEvent.Detail.DEFINED_UPDATED, options.clock().instant()));
  }

  /** Runs what may take long on the pool, unless the driver was closed: then the next one does. */
  void inBackground(Runnable task) {
    try {
      pool.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("Handling a domain event was interrupted by the closing of the driver");
    }
  }
}
