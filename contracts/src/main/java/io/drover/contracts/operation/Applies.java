package io.drover.contracts.operation;

/**
 * Which of a domain's definitions an operation changes; virsh's {@code --live} and {@code
 * --config}.
 */
public enum Applies {
  /** The running domain, until it ends. */
  LIVE,
  /** The persistent definition, from the next start. */
  CONFIG,
  /** Both, or neither. */
  BOTH;

  /** Whether the running domain is changed. */
  public boolean live() {
    return this != CONFIG;
  }

  /** Whether the persistent definition is changed. */
  public boolean config() {
    return this != LIVE;
  }
}
