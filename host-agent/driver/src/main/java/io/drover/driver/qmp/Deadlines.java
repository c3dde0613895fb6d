package io.drover.driver.qmp;

import java.time.Duration;

/** The time that each kind of command may take, and the greeting. */
public record Deadlines(Duration query, Duration change, Duration storage) {
  /** 5 s, 30 s and 60 s. */
  public static Deadlines usual() {
    return new Deadlines(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(60));
  }

  Duration of(Patience patience) {
    return switch (patience) {
      case QUERY -> query;
      case CHANGE -> change;
      case STORAGE -> storage;
    };
  }
}
