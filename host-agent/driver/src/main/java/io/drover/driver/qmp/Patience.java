package io.drover.driver.qmp;

/** How long a command may take, by its kind; {@link Deadlines} has the numbers. */
public enum Patience {
  /** Reads something. */
  QUERY,
  /** Changes the machine. */
  CHANGE,
  /** Touches disk images. */
  STORAGE
}
