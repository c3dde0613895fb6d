package io.drover.driver;

import io.drover.contracts.id.DomainId;
import java.util.List;
import java.util.Optional;

/**
 * The QEMU driver of one root folder: starts domains, watches them and finds them again. All
 * methods may be called from any thread, callbacks of {@link DriverListener} included; each domain
 * has a QMP thread and serial executors of its own, so a domain that hangs delays no other.
 *
 * <p>Errors are {@link io.drover.contracts.error.ProblemException}s.
 */
public interface QemuDriver extends AutoCloseable {
  /** Where this driver keeps its files. */
  DriverLayout layout();

  /**
   * What the emulators and accelerators of this host can really do. The first call on a host may
   * wait for the probe to end (some seconds); later ones and warm starts answer from the cache.
   */
  HostCapabilities capabilities();

  /** Every domain whose QEMU is there, unresponsive ones included. */
  List<Domain> domains();

  /** The domain of this id while its QEMU is there. */
  Optional<Domain> find(DomainId id);

  /**
   * QEMU processes under this root that the journal does not know. They are never touched; a start
   * of the same domain is refused while one runs.
   */
  List<UnknownQemu> unknownQemus();

  /**
   * Registers a listener for all domains. Each domain's events arrive in order, one at a time, on a
   * thread that may call any API. Close the subscription to stop it.
   */
  Subscription listen(DriverListener listener);

  /** Gives the root up. Guests go on running; the next opening of the root finds them again. */
  @Override
  void close();

  /** An active registration; closing it twice is fine. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
