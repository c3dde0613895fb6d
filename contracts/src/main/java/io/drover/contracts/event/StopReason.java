package io.drover.contracts.event;

/** Why a domain is shut off: libvirt's {@code virDomainShutoffReason} as far as it applies. */
public enum StopReason {
  /** The guest powered itself off, asked or not. */
  SHUTDOWN,
  DESTROYED,
  CRASHED,
  /** It never ran: the start failed. */
  FAILED,
  /** The agent found it gone and cannot tell why. */
  UNKNOWN,
  /** Its host was removed by an operator; what still runs there is ended when it comes back. */
  HOST_REMOVED
}
