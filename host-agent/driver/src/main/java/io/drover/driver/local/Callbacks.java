package io.drover.driver.local;

import io.drover.driver.Domain;
import io.drover.driver.DriverListener;
import io.drover.driver.DriverListener.DomainChange;
import io.drover.driver.DriverListener.QmpNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the driver's listeners about one domain, in order, on an executor of their own, so that
 * they may wait for the domain's. One that fails does not keep the others from hearing.
 */
final class Callbacks {
  private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);
  private final Surroundings surroundings;
  private final SerialExecutor executor;

  Callbacks(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.executor = new SerialExecutor(surroundings.pool());
  }

  void changed(DomainChange change) {
    executor.execute(() -> tell(change.domain(), listener -> listener.domainChanged(change)));
  }

  /** A guest can cause events without end, so they are dropped when too many wait. */
  void heard(QmpNotice notice) {
    executor.executeOrDrop(() -> tell(notice.domain(), listener -> listener.qmpEvent(notice)));
  }

  /** Told on this thread. */
  void answered(Domain domain, String command, Instant startedAt, Duration took, boolean done) {
    tell(domain, listener -> listener.qmpAnswered(domain, command, startedAt, took, done));
  }

  private void tell(Domain domain, Consumer<DriverListener> call) {
    for (DriverListener listener : surroundings.listeners()) {
      try {
        call.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("A listener failed on domain {}", domain.id(), e);
      }
    }
  }
}
