package io.drover.driver.local;

import io.drover.driver.DriverListener;
import io.drover.driver.DriverOptions;
import io.drover.driver.journal.Journal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * What the domains of one driver share.
 *
 * @param pool runs the domains' serial executors
 * @param onEnd hears, on the domain's executor, that a domain is over, before anybody else does
 */
record Surroundings(
    DriverOptions options,
    Journal journal,
    HandingOver handingOver,
    ExecutorService pool,
    CopyOnWriteArrayList<DriverListener> listeners,
    Consumer<LocalDomain> onEnd) {

  List<DriverListener> currentListeners() {
    return listeners;
  }
}
