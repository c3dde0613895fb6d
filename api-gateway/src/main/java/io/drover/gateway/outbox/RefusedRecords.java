package io.drover.gateway.outbox;

/** Hears of records that the broker will never accept. */
public interface RefusedRecords {
  /**
   * Called before the row is marked as refused, and again when that failed. Blocks.
   *
   * @param why a sentence
   */
  void refused(OutboxRow row, String why);
}
