package io.drover.driver;

import java.time.Duration;

/** The time that each kind of command may take, and the greeting. */
public record QmpDeadlines(Duration query, Duration change, Duration storage) {
  /** 5 s, 30 s and 60 s. */
  public static QmpDeadlines usual() {
    return new QmpDeadlines(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(60));
  }
}
