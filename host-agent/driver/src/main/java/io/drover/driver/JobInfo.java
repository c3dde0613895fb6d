package io.drover.driver;

import io.drover.contracts.operation.JobClass;
import java.time.Instant;

/**
 * A job of a domain as it is at one moment: who holds the domain, since when, and how far it is.
 *
 * @param id names it in {@link Domain#abortJob}
 * @param operation the operation's name, as {@code attach-disk}
 * @param owner who has asked for it, as the caller named itself
 * @param jobClass what may run beside it
 * @param since when it was asked for
 * @param deadline when it ends at the latest, its wait included
 */
public record JobInfo(
    String id,
    String operation,
    String owner,
    JobClass jobClass,
    State state,
    Instant since,
    Instant deadline,
    Progress progress) {
  /** Where it is in the domain's queue. */
  public enum State {
    /** Another job holds the domain. */
    WAITING,
    /** It runs. */
    RUNNING
  }

  /**
   * How far it is.
   *
   * @param doneBytes grows; may end short of the total when there was less to do
   * @param totalBytes 0 while it is not known; may grow while the guest writes
   */
  public record Progress(long doneBytes, long totalBytes) {
    /** Nothing is known. */
    public static final Progress NONE = new Progress(0, 0);
  }
}
