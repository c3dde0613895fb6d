package io.drover.standalone.demo;

import java.io.IOException;

/** A step of the story failed; the message is the cause, as a person wants to read it. */
public final class DemoFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final String step;
  private final String part;

  /**
   * One failed step.
   *
   * @param step what was tried, as in {@code "create the volume: write-volume"}
   * @param part whose log says more, as in {@code host-agent}
   */
  DemoFailure(String step, String part, String cause) {
    super(cause);
    this.step = step;
    this.part = part;
  }

  public String step() {
    return step;
  }

  public String part() {
    return part;
  }
}
