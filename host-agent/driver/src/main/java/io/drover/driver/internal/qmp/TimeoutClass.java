package io.drover.driver.internal.qmp;

import io.drover.driver.QmpDeadlines;
import java.time.Duration;

/** How long a command may take, by its kind; {@link QmpDeadlines} has the numbers. */
public enum TimeoutClass {
  /** Reads something. */
  QUERY,
  /** Changes the machine. */
  CHANGE,
  /** Touches disk images. */
  STORAGE;

  Duration within(QmpDeadlines deadlines) {
    return switch (this) {
      case QUERY -> deadlines.query();
      case CHANGE -> deadlines.change();
      case STORAGE -> deadlines.storage();
    };
  }
}
