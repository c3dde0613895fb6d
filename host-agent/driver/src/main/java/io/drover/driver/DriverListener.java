package io.drover.driver;

import java.time.Duration;
import java.time.Instant;

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
   * A QMP event as QEMU sent it.
   *
   * @param event its name, as {@code BLOCK_IO_ERROR}
   * @param dataJson its {@code data} member; {@code {}} when it has none
   * @param at QEMU's time stamp, or the time of arrival when QEMU gave none
   */
  record QmpNotice(Domain domain, String event, String dataJson, Instant at) {}
}
