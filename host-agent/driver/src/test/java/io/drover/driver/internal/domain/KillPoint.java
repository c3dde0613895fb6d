package io.drover.driver.internal.domain;

import io.drover.contracts.id.DomainId;
import io.drover.driver.internal.journal.JournalObserver;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Halts this program, as SIGKILL does, right before or after one change of the journal or of a
 * persistent definition, and says at which.
 */
final class KillPoint implements JournalObserver {
  static final int KILLED = 137;
  private final int number;
  private final AtomicInteger seen = new AtomicInteger();

  /**
   * @param number odd for before, even for after a change: 1 is before the first, 2 after it
   */
  KillPoint(int number) {
    this.number = number;
  }

  @Override
  public void changing(DomainId id) {
    pass("before the journal");
  }

  @Override
  public void changed(DomainId id) {
    pass("after the journal");
  }

  @Override
  public void defining(DomainId id) {
    pass("before the definition");
  }

  @Override
  public void defined(DomainId id) {
    pass("after the definition");
  }

  private void pass(String where) {
    if (seen.incrementAndGet() == number) {
      System.out.println(where);
      System.out.flush();
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
