package io.drover.driver;

/** How a guest is asked to power off. */
public enum ShutdownMode {
  /** Through its agent when it answers, else ACPI. */
  ANY,
  /** Through qemu-guest-agent alone. */
  AGENT,
  /** Through the ACPI power button alone. */
  ACPI
}
