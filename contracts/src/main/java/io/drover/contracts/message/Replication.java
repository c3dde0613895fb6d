package io.drover.contracts.message;

/**
 * How many copies a topic has when nobody says otherwise: three, where there are so many brokers. A
 * record is acknowledged once all copies but one have it, so that one broker may be away.
 */
public record Replication(short copies, int minInSync) {
  private static final int WANTED = 3;

  /** For a cluster of so many brokers. */
  public static Replication of(int brokers) {
    return copies(Math.max(1, Math.min(WANTED, brokers)));
  }

  /** With so many copies. */
  public static Replication copies(int copies) {
    return new Replication((short) copies, Math.max(1, copies - 1));
  }
}
