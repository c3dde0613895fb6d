package io.drover.driver;

import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Hears of domains. Calls come on threads of the driver, in order and one at a time for each
 * domain; they may take their time and call any API.
 */
public interface DriverListener {
  /**
   * A domain's state has changed, or was found changed when the root was opened.
   *
   * @param change what happened, with the states before and after
   */
  default void domainChanged(DomainChange change) {}

  /**
   * libvirt's lifecycle event of a domain: it was defined, started, suspended ... Comes in order
   * with the changes of its state, after the change that it belongs to.
   */
  default void lifecycle(LifecycleEvent event) {}

  /**
   * A running domain has changed without an operation that waited for it, as when its guest has
   * released a disk after the detaching had timed out. It is journalled: what no listener has
   * returned from before the end of this process is told again by the next driver, before anything
   * else of that domain.
   */
  default void domainModified(DomainModification modification) {}

  /** QEMU has sent an event. */
  default void qmpEvent(QmpNotice notice) {}

  /**
   * A QMP command was answered. Unlike the others this call comes on the thread that sent the
   * command, so that a trace can go on; it must be short.
   *
   * @param done whether QEMU carried it out; false for a refusal or no answer in time
   */
  default void qmpAnswered(
      Domain domain, String command, Instant startedAt, Duration took, boolean done) {}

  /**
   * A change of state.
   *
   * @param observed true when the driver found it so after it had not been watching (drift)
   */
  record DomainChange(
      Domain domain, DomainStatus before, DomainStatus after, boolean observed, Instant at) {}

  /**
   * A change that no operation waited for.
   *
   * @param job the id of the operation whose effect it is, which had ended without it; empty when
   *     nobody had asked for it
   * @param change the operation that would have done the same, on the running domain alone
   * @param result what the success of {@code change} tells
   */
  record DomainModification(
      Domain domain,
      Optional<String> job,
      LiveOperation<?> change,
      LiveResult result,
      Instant at) {}

  /**
   * A QMP event as QEMU sent it.
   *
   * @param event its name, as {@code BLOCK_IO_ERROR}
   * @param dataJson its {@code data} member; {@code {}} when it has none
   * @param at QEMU's time stamp, or the time of arrival when QEMU gave none
   */
  record QmpNotice(Domain domain, String event, String dataJson, Instant at) {}
}
