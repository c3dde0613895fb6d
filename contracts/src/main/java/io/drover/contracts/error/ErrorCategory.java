package io.drover.contracts.error;

/** Who has to act on an error, and the range of its numbers. */
public enum ErrorCategory {
  /** The request is wrong; the caller mends it. 1000-1999. */
  USER(1000),
  /** The request is right but the state forbids it now. 2000-2999. */
  STATE(2000),
  /** Not enough of something: quota, capacity, rate. 3000-3999. */
  RESOURCES(3000),
  /** Drover or what it stands on failed; the operator acts. 4000-4999. */
  INTERNAL(4000);

  private final int first;

  ErrorCategory(int first) {
    this.first = first;
  }

  /** The lowest number of this category; the highest is 999 above. */
  public int first() {
    return first;
  }
}
