package io.drover.contracts.command;

/** How a domain is stopped. */
public enum StopMode {
  /** Asks the guest: its agent, then ACPI. It may refuse or take its time. */
  SHUT_DOWN,
  /** Ends QEMU: SIGTERM, then SIGKILL. The guest is not asked. */
  DESTROY
}
