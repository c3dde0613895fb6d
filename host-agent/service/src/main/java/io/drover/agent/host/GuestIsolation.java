package io.drover.agent.host;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.report.HostReport.Isolation;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether this host can isolate guests that have network cards, as of the last look. A change
 * is logged and reported; looks are one at a time, {@link #get} never waits. Thread-safe.
 */
public final class GuestIsolation implements Supplier<Optional<Isolation>> {
  private static final Logger LOG = Logger.getLogger(GuestIsolation.class);

  private final Runnable preparing;
  private final Runnable changed;
  private volatile @Nullable Isolation known;

  /**
   * @param preparing makes what isolation needs unless it is there; fails where it cannot be had
   * @param changed is told when the answer differs from the last one
   */
  public GuestIsolation(Runnable preparing, Runnable changed) {
    this.preparing = preparing;
    this.changed = changed;
  }

  /** Finds out anew; may take seconds. */
  public synchronized void look() {
    Isolation before = known;
    Isolation now;
    try {
      now = found();
    } catch (RuntimeException e) {
      LOG.error("Whether this host can isolate guests cannot be found out; the next look may", e);
      return;
    }
    if (now.equals(before)) {
      return;
    }
    known = now;
    if (!now.usable()) {
      LOG.errorf("Starts of tenants' domains with network cards are refused: %s", now.reason());
    } else if (before != null) {
      LOG.info("Tenants' domains with network cards can be started again");
    }
    changed.run();
  }

  private Isolation found() {
    try {
      preparing.run();
      return new Isolation(true, "");
    } catch (ProblemException e) {
      return new Isolation(false, e.problem().detail());
    }
  }

  /** Empty before the first look has ended. */
  @Override
  public Optional<Isolation> get() {
    return Optional.ofNullable(known);
  }
}
