package io.drover.driver;

/**
 * Whether an accelerator can run guests on this host.
 *
 * @param name QEMU's name: {@code kvm} or {@code tcg}
 * @param reason why it is unusable, as a sentence; empty when it is usable
 * @param probeMicros how long the probe's guest took, in microseconds; 0 when it did not finish
 */
public record AcceleratorFacts(String name, boolean usable, String reason, long probeMicros) {
  /** One that ran the probe's guest. */
  public static AcceleratorFacts usable(String name, long probeMicros) {
    return new AcceleratorFacts(name, true, "", probeMicros);
  }

  /** One that did not, with the reason as a sentence. */
  public static AcceleratorFacts unusable(String name, String reason, long probeMicros) {
    return new AcceleratorFacts(name, false, reason, probeMicros);
  }
}
