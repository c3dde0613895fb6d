package io.drover.contracts.operation;

/**
 * What may run beside what on one domain; libvirt's job classes. Reading waits for nobody and has
 * no class.
 */
public enum JobClass {
  /** Ends QEMU. It never waits: what else runs ends with QEMU. */
  DESTROY,
  /** Stops or starts the virtual CPUs, or resets them. */
  SUSPEND,
  /** Changes the domain or its definition. */
  MODIFY,
  /** Ends another job. It never waits. */
  ABORT,
  /** Takes minutes or hours; its operation says what may run beside it. */
  ASYNC
}
