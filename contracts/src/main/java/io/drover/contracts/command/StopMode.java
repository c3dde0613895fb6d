package io.drover.contracts.command;

/** How a domain is stopped. */
public enum StopMode {
  /** Asks the guest: its agent, then ACPI. It may refuse or take its time. */
  SHUT_DOWN,
  /** Ends QEMU: SIGTERM, then SIGKILL. The guest is not asked. */
  DESTROY,
  /**
   * Ends nothing: the host says that the domain has stopped if nothing of it runs there, and its
   * state otherwise. The scheduler's question about a claim that reports do not show.
   */
  CONFIRM_END
}
